package io.eigensweep.result;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.Names;
import io.eigensweep.settings.Schema;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
          .filter(parameter -> !parameter.picture())
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
    Schema.walk(
        trial,
        (component, value) -> values.put(component.column(), value == null ? null : cell(value)));
    return Collections.unmodifiableMap(values);
  }

  private static Object cell(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : CanonicalJson.text(value);
  }

  private static Map<String, Hyperparameter> collect() {
    Map<String, Hyperparameter> all = new LinkedHashMap<>();
    for (Schema.Component component : Schema.of(Trial.class)) {
      for (Hyperparameter parameter : under(component, component.name())) {
        if (all.put(parameter.name(), parameter) != null) {
          throw new IllegalStateException("two hyperparameters use column " + parameter.name());
        }
      }
    }
    return all;
  }

  private static List<Hyperparameter> under(Schema.Component component, String group) {
    if (component.isTyped()) {
      List<Hyperparameter> columns = new ArrayList<>();
      columns.add(block(component, group));
      columns.addAll(alternatives(Schema.types(component.type()).values(), group));
      return columns;
    }
    return component.shape() == Schema.Shape.BLOCK
        ? components(component.type(), group)
        : List.of(leaf(component, group));
  }

  private static List<Hyperparameter> components(Class<?> record, String group) {
    return Schema.of(record).stream()
        .flatMap(component -> under(component, group).stream())
        .toList();
  }

  private static List<Hyperparameter> alternatives(Collection<Class<?>> records, String group) {
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
                uses.getOrDefault(parameter.name(), 0) < records.size()
                    ? described(parameter, true, parameter.field().meaning(), parameter.words())
                    : parameter)
        .toList();
  }

  private static Hyperparameter block(Schema.Component component, String group) {
    Hyperparameter leaf = leaf(component, group);
    List<String> types = List.copyOf(Schema.types(component.type()).keySet());
    return described(
        leaf,
        leaf.field().nullable(),
        leaf.field().meaning() + ": " + String.join(", ", types),
        types);
  }

  private static Hyperparameter merge(Hyperparameter first, Hyperparameter second) {
    if (!first.field().type().equals(second.field().type())
        || !first.field().unit().equals(second.field().unit())
        || first.identity() != second.identity()
        || first.picture() != second.picture()) {
      throw new IllegalStateException(
          "column " + first.name() + " has two definitions: " + first + " and " + second);
    }
    String meaning = first.field().meaning();
    return described(
        first,
        first.field().nullable() || second.field().nullable(),
        meaning.contains(second.field().meaning())
            ? meaning
            : meaning + " / " + second.field().meaning(),
        Stream.concat(first.words().stream(), second.words().stream()).distinct().toList());
  }

  private static Hyperparameter described(
      Hyperparameter parameter, boolean nullable, String meaning, List<String> words) {
    Field field = parameter.field();
    return new Hyperparameter(
        new Field(field.name(), field.type(), nullable, field.unit(), meaning),
        parameter.group(),
        parameter.identity(),
        parameter.picture(),
        words);
  }

  private static Hyperparameter leaf(Schema.Component component, String group) {
    Key key = component.key();
    Scalar type =
        component.shape() == Schema.Shape.SCALAR ? scalar(component.type()) : Scalar.STRING;
    return new Hyperparameter(
        new Field(component.column(), type, key.optional(), key.unit(), key.meaning()),
        group,
        key.identity(),
        key.picture(),
        words(component));
  }

  private static List<String> words(Schema.Component component) {
    return component.shape() == Schema.Shape.SCALAR && component.type().isEnum()
        ? Arrays.stream(component.type().getEnumConstants())
            .map(constant -> Names.of((Enum<?>) constant))
            .toList()
        : List.of();
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
