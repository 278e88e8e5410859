package io.eigensweep.settings;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;

/** The spellings of a hyperparameter's name: Java, job file, result column. */
public final class Names {
  private Names() {}

  /** {@code hiddenLayers} → {@code hidden-layers}; {@code FAN_IN} → {@code fan-in}. */
  public static String kebab(String javaName) {
    return separated(javaName, '-');
  }

  /** {@code hiddenLayers} → {@code hidden_layers}. */
  public static String snake(String javaName) {
    return separated(javaName, '_');
  }

  /** The key of {@code component} in a job file. */
  public static String key(RecordComponent component) {
    return kebab(component.getName());
  }

  /** The column of {@code component} in the {@code trials} table. */
  public static String column(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null || key.column().isEmpty() ? snake(component.getName()) : key.column();
  }

  /** The spelling of an enum constant in job files and rows. */
  public static String of(Enum<?> constant) {
    return kebab(constant.name());
  }

  /** The constant of {@code type} that is spelled {@code text}, if there is one. */
  public static <E extends Enum<E>> Optional<E> constant(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(text)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  /** The {@code type:} of a record that implements a sealed interface. */
  public static String typeName(Class<?> recordType) {
    TypeName name = recordType.getAnnotation(TypeName.class);
    if (name == null) {
      throw new IllegalStateException(recordType + " has no @TypeName");
    }
    return name.value();
  }

  private static String separated(String javaName, char separator) {
    if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
      return javaName.toLowerCase(Locale.ROOT).replace('_', separator);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < javaName.length(); i++) {
      char c = javaName.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append(separator).append(Character.toLowerCase(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
