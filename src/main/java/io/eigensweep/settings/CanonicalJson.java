package io.eigensweep.settings;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one JSON text of a tree of hyperparameter records: keys in the order of the record, no
 * blanks, absent values left out, doubles with the fewest digits that read back to the same bits
 * whatever the JDK.
 *
 * <p>Records become objects, with {@code "type"} first where they have a {@link TypeName}; those
 * with a {@link Shorthand} that scalar; enums their kebab-case name.
 */
public final class CanonicalJson {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private CanonicalJson() {}

  /** The object of {@code parts}, JSON texts by their keys, in their order. */
  public static String object(Map<String, String> parts) {
    return parts.entrySet().stream()
        .map(part -> string(part.getKey()) + ":" + part.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** All fields of {@code value}: a record, a list of records, or a single value of one. */
  public static String full(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, false, out);
    return out.toString();
  }

  /** Only the fields that can change a number. */
  public static String identity(Record record) {
    StringBuilder out = new StringBuilder();
    write(record, true, out);
    return out.toString();
  }

  /**
   * The text of a record that many others share their parts with.
   *
   * @param texts of records in them; those in {@code record} are added
   */
  public static String identity(Record record, IdentityHashMap<Record, String> texts) {
    StringBuilder out = new StringBuilder();
    writeObject(
        record,
        true,
        value -> {
          if (value instanceof Record part) {
            out.append(texts.computeIfAbsent(part, CanonicalJson::identity));
          } else {
            write(value, true, out);
          }
        },
        out);
    return out.toString();
  }

  /** The shortest decimal that reads back as {@code value}, independent of the JDK's algorithm. */
  public static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("JSON has no number " + value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return plain(rounded);
      }
    }
    return plain(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
  }

  /** The JSON string of {@code text}, quotes included. */
  public static String string(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isControl(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Characters that a YAML reader, which reads this JSON too, does not take as they are. */
  private static boolean isControl(char c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c >= 0xfffe;
  }

  private static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    return exponent < -7 || exponent > 20 ? stripped.toString() : stripped.toPlainString();
  }

  /** Whether {@code value} is written as one scalar. */
  static boolean isScalar(Object value) {
    return value instanceof Shorthand block
        ? block.shorthand() != null
        : !(value instanceof Record || value instanceof List<?>);
  }

  /** A value that is no block as YAML has it, without quotes; entries of a list with commas. */
  public static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(CanonicalJson::text).collect(Collectors.joining(","));
    } else if (value instanceof Double number) {
      return number(number);
    } else if (value instanceof Enum<?> constant) {
      return Names.of(constant);
    } else if (value instanceof Shorthand block && block.shorthand() != null) {
      return block.shorthand();
    } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    throw new IllegalStateException("a job has no scalar for " + value);
  }

  private static void write(Object value, boolean identityOnly, StringBuilder out) {
    if (value instanceof List<?> list) {
      out.append('[');
      for (Iterator<?> entries = list.iterator(); entries.hasNext(); ) {
        write(entries.next(), identityOnly, out);
        out.append(entries.hasNext() ? "," : "");
      }
      out.append(']');
    } else if (value instanceof Record record && !isScalar(record)) {
      writeObject(record, identityOnly, part -> write(part, identityOnly, out), out);
    } else {
      String text = text(value);
      boolean bare =
          value instanceof Number
              || value instanceof Boolean
              || (value instanceof Shorthand && WHOLE_NUMBER.matcher(text).matches());
      out.append(bare ? text : string(text));
    }
  }

  private static void writeObject(
      Record record, boolean identityOnly, Consumer<Object> writer, StringBuilder out) {
    out.append('{');
    String separator = "";
    TypeName type = record.getClass().getAnnotation(TypeName.class);
    if (type != null) {
      out.append("\"type\":").append(string(type.value()));
      separator = ",";
    }
    writeKeys(record, identityOnly, writer, separator, out);
    out.append('}');
  }

  private static void writeKeys(
      Record record,
      boolean identityOnly,
      Consumer<Object> writer,
      String first,
      StringBuilder out) {
    String separator = first;
    for (Schema.Component component : Schema.of(record.getClass())) {
      Object value = component.value(record);
      if (value == null || (identityOnly && isOmitted(component, value))) {
        continue;
      }
      out.append(separator).append(string(component.name())).append(':');
      separator = ",";
      if (component.key().flat()) {
        out.append(string(Names.typeName(value.getClass())));
        writeKeys((Record) value, identityOnly, writer, separator, out);
      } else {
        writer.accept(value);
      }
    }
  }

  /** Whether an id does without {@code value}. */
  private static boolean isOmitted(Schema.Component component, Object value) {
    Key key = component.key();
    return !key.identity() || (key.omitDefault() && component.isDefault(value));
  }
}
