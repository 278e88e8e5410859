package io.eigensweep.job;

import io.eigensweep.settings.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Turns a scalar into a value of a hyperparameter's Java type: whole numbers, numbers, booleans,
 * text, enums by their kebab-case name, and value records by their static {@code parse(String)}.
 */
public final class Scalars {
  private Scalars() {}

  /**
   * The value of {@code node} for the key {@code key} as a {@code type}.
   *
   * @throws JobException when it is no scalar of that type
   */
  public static Object value(Class<?> type, Node node, String key) {
    if (!(node instanceof Node.Scalar scalar) || scalar.isNull()) {
      throw node.error("%s must be %s, not %s", key, expected(type), node.describe());
    }
    if (type == int.class || type == Integer.class) {
      return (int) wholeNumber(scalar, key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      return wholeNumber(scalar, key, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return number(scalar, key);
    } else if (type == boolean.class || type == Boolean.class) {
      if (scalar.kind() != Node.Kind.BOOLEAN) {
        throw wrongType(scalar, key, type);
      }
      return scalar.text().toLowerCase(Locale.ROOT).equals("true");
    } else if (type == String.class) {
      // A shell takes quotes away: a folder 2024 on the command line is text all the same.
      if (scalar.kind() != Node.Kind.TEXT && !scalar.at().isOverride()) {
        throw scalar.error("%s: %s must be text, in quotes", key, scalar.text());
      }
      return scalar.text();
    } else if (type.isEnum()) {
      return constant(type, scalar, key);
    }
    return parsed(type, scalar, key);
  }

  /** How a message calls the values of {@code type}. */
  private static String expected(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "text";
    }
    return type.isEnum() ? "one of " + String.join(", ", constants(type)) : "a single value";
  }

  private static JobException wrongType(Node.Scalar scalar, String key, Class<?> type) {
    return scalar.error("%s: %s must be %s", key, scalar.describe(), expected(type));
  }

  private static long wholeNumber(Node.Scalar scalar, String key, long low, long high) {
    switch (scalar.kind()) {
      case INTEGER -> {}
      case FLOAT ->
          throw scalar.error(
              "%s: %s must be a whole number%s",
              key, scalar.text(), isWhole(scalar.text()) ? ", written in digits only" : "");
      default -> throw quoted(scalar, key, "a whole number");
    }
    BigInteger value = integer(scalar.text());
    if (value.compareTo(BigInteger.valueOf(low)) < 0) {
      throw scalar.error("%s: %s is too small, at least %s is possible", key, scalar.text(), low);
    } else if (value.compareTo(BigInteger.valueOf(high)) > 0) {
      throw scalar.error("%s: %s is too large, at most %s is possible", key, scalar.text(), high);
    }
    return value.longValue();
  }

  private static double number(Node.Scalar scalar, String key) {
    double value =
        switch (scalar.kind()) {
          case INTEGER -> integer(scalar.text()).doubleValue();
          case FLOAT -> real(scalar.text());
          default -> throw quoted(scalar, key, "a number");
        };
    if (!Double.isFinite(value)) {
      throw scalar.error("%s: %s must be a finite number", key, scalar.text());
    }
    return value;
  }

  private static JobException quoted(Node.Scalar scalar, String key, String expected) {
    boolean number =
        scalar.kind() == Node.Kind.TEXT
            && scalar.text().matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    return scalar.error(
        "%s: %s must be %s%s", key, scalar.describe(), expected, number ? ", without quotes" : "");
  }

  private static BigInteger integer(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
  }

  /** The value of a YAML float; NaN for {@code .nan} and both {@code .inf}. */
  private static double real(String text) {
    return text.matches(".*[nN].*") ? Double.NaN : Double.parseDouble(text);
  }

  private static boolean isWhole(String text) {
    double value = real(text);
    return Math.abs(value) < 0x1p53 && new BigDecimal(value).stripTrailingZeros().scale() <= 0;
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> Names.of((Enum<?>) constant))
        .toList();
  }

  private static Object constant(Class<?> type, Node.Scalar scalar, String key) {
    for (Object constant : type.getEnumConstants()) {
      if (Names.of((Enum<?>) constant).equals(scalar.text())) {
        return constant;
      }
    }
    throw wrongType(scalar, key, type);
  }

  private static Object parsed(Class<?> type, Node.Scalar scalar, String key) {
    try {
      Method parse = type.getMethod("parse", String.class);
      return parse.invoke(null, scalar.text());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw scalar.error("%s: %s", key, String.valueOf(wrong.getMessage()));
      }
      throw new IllegalStateException(type + ".parse failed", e);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException(
          type + " needs a public static parse(String) to be a hyperparameter's type", e);
    }
  }
}
