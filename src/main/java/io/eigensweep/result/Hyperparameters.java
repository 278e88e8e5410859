package io.eigensweep.result;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.Names;
import io.eigensweep.trial.Trial;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a {@link Trial} consists of, read from its records and their {@link Key}s, so
 * that a new hyperparameter is a column without another line of code.
 *
 * <p>A component whose type is a sealed interface becomes a column with the {@code type} of the
 * block, followed by the fields of all alternatives; fields of different alternatives with the same
 * column (such as {@code levels}) are one column, NULL for alternatives without it. Enums are
 * spelled as in job files; lists and value records are text, entries separated by commas.
 */
public final class Hyperparameters {
  /** All of them, in the order of the records. */
  public static final List<Hyperparameter> ALL = List.copyOf(collect().values());

  /**
   * What a comparison calls the setting: everything that can change a number, but the encoding's
   * type, the picture and the seed.
   */
  public static final List<Hyperparameter> SETTING =
      ALL.stream()
          .filter(Hyperparameter::identity)
          .filter(parameter -> !parameter.namesPicture())
          .filter(parameter -> !parameter.name().equals("encoding"))
          .filter(parameter -> !parameter.name().equals("seed"))
          .toList();

  private static final Map<String, Hyperparameter> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Hyperparameter::name, one -> one));

  private Hyperparameters() {}

  /**
   * The one with this column.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Hyperparameter named(String column) {
    Hyperparameter parameter = BY_NAME.get(column);
    if (parameter == null) {
      throw new IllegalArgumentException("no hyperparameter has the column " + column);
    }
    return parameter;
  }

  /** The values of {@code trial} by column; those that its blocks do not have are null. */
  public static Map<String, @Nullable Object> values(Trial trial) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Hyperparameter parameter : ALL) {
      values.put(parameter.name(), null);
    }
    flatten(trial, values);
    return Collections.unmodifiableMap(values);
  }

  private static void flatten(Record record, Map<String, @Nullable Object> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = CanonicalJson.value(record, component);
      if (component.getType().isSealed() && value instanceof Record block) {
        values.put(Names.column(component), Names.typeName(block.getClass()));
        flatten(block, values);
      } else if (value instanceof Record block && hasKeys(block.getClass())) {
        flatten(block, values);
      } else {
        values.put(Names.column(component), value == null ? null : cell(value));
      }
    }
  }

  private static Object cell(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : text(value);
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Hyperparameters::text).collect(Collectors.joining(","));
    }
    return value instanceof Enum<?> constant ? Names.of(constant) : value.toString();
  }

  private static Map<String, Hyperparameter> collect() {
    Map<String, Hyperparameter> all = new LinkedHashMap<>();
    for (RecordComponent component : Trial.class.getRecordComponents()) {
      for (Hyperparameter parameter : under(component, component.getName())) {
        if (all.put(parameter.name(), parameter) != null) {
          throw new IllegalStateException("two hyperparameters use column " + parameter.name());
        }
      }
    }
    return all;
  }

  private static List<Hyperparameter> under(RecordComponent component, String group) {
    Class<?> type = component.getType();
    if (type.isSealed() && !type.isEnum()) {
      List<Hyperparameter> columns = new ArrayList<>();
      columns.add(block(component, group));
      columns.addAll(alternatives(type, group));
      return columns;
    }
    if (hasKeys(type)) {
      return components(type, group);
    }
    return List.of(leaf(component, group, scalar(type)));
  }

  private static List<Hyperparameter> components(Class<?> record, String group) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(component -> under(component, group).stream())
        .toList();
  }

  private static List<Hyperparameter> alternatives(Class<?> sealedType, String group) {
    Class<?>[] records = sealedType.getPermittedSubclasses();
    Map<String, Hyperparameter> merged = new LinkedHashMap<>();
    Map<String, Integer> uses = new LinkedHashMap<>();
    for (Class<?> record : records) {
      for (Hyperparameter parameter : components(record, group)) {
        merged.merge(parameter.name(), parameter, Hyperparameters::merge);
        uses.merge(parameter.name(), 1, Integer::sum);
      }
    }
    return merged.values().stream()
        .map(
            parameter ->
                uses.getOrDefault(parameter.name(), 0) < records.length
                    ? described(parameter, true, parameter.field().meaning())
                    : parameter)
        .toList();
  }

  private static Hyperparameter block(RecordComponent component, String group) {
    Hyperparameter leaf = leaf(component, group, Scalar.STRING);
    String types =
        Arrays.stream(component.getType().getPermittedSubclasses())
            .map(Names::typeName)
            .collect(Collectors.joining(", "));
    return described(leaf, leaf.field().nullable(), leaf.field().meaning() + ": " + types);
  }

  private static Hyperparameter merge(Hyperparameter first, Hyperparameter second) {
    if (!first.field().type().equals(second.field().type())
        || !first.field().unit().equals(second.field().unit())
        || first.identity() != second.identity()) {
      throw new IllegalStateException(
          "column " + first.name() + " has two definitions: " + first + " and " + second);
    }
    String meaning = first.field().meaning();
    return described(
        first,
        first.field().nullable() || second.field().nullable(),
        meaning.contains(second.field().meaning())
            ? meaning
            : meaning + " / " + second.field().meaning());
  }

  private static Hyperparameter described(
      Hyperparameter parameter, boolean nullable, String meaning) {
    Field field = parameter.field();
    return new Hyperparameter(
        new Field(field.name(), field.type(), nullable, field.unit(), meaning),
        parameter.group(),
        parameter.identity());
  }

  private static Hyperparameter leaf(RecordComponent component, String group, Scalar type) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(component + " has no @Key");
    }
    return new Hyperparameter(
        new Field(Names.column(component), type, key.optional(), key.unit(), key.meaning()),
        group,
        key.identity());
  }

  private static boolean hasKeys(Class<?> type) {
    if (!type.isRecord()) {
      return false;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 0 || components[0].isAnnotationPresent(Key.class);
  }

  private static Scalar scalar(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return Scalar.INT;
    }
    if (type == long.class || type == Long.class) {
      return Scalar.BIGINT;
    }
    if (type == double.class || type == Double.class) {
      return Scalar.DOUBLE;
    }
    return type == boolean.class || type == Boolean.class ? Scalar.BOOLEAN : Scalar.STRING;
  }
}
