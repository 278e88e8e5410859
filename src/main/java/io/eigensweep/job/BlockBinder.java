package io.eigensweep.job;

import io.eigensweep.settings.Schema;
import io.eigensweep.settings.SettingException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds one block to one record type: a record for each combination of the values of its keys. */
final class BlockBinder<T> {
  private static final long MAX_POINTS = 1_000_000;

  private final Class<T> section;
  private final Class<?> record;
  private final Node.Mapping block;
  private final String place;
  private final List<Schema.Component> fields;

  BlockBinder(Class<T> section, Class<?> record, Node.Mapping block, String place) {
    this.section = section;
    this.record = record;
    this.place = place;
    this.fields = Schema.of(record);
    this.block = new Spellings(fields, place).canonical(block);
    List<String> known = new ArrayList<>();
    if (section.isSealed()) {
      known.add("type");
    }
    fields.forEach(field -> known.add(field.name()));
    Binder.refuseUnknown(this.block, known, place);
  }

  List<Bound<T>> points() {
    List<List<Value>> axes = new ArrayList<>();
    long count = 1;
    for (Schema.Component field : fields) {
      List<Value> axis = axis(field);
      axes.add(axis);
      count *= axis.size();
      if (count > MAX_POINTS) {
        throw block.error("%s has more than %s combinations", place, MAX_POINTS);
      }
    }
    List<Bound<T>> points = new ArrayList<>();
    int[] index = new int[axes.size()];
    do {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < index.length; i++) {
        values.add(axes.get(i).get(index[i]));
      }
      points.add(bind(values));
    } while (advance(index, axes));
    return points;
  }

  /** Counts {@code index} up, last axis first; false after the last combination. */
  private static boolean advance(int[] index, List<List<Value>> axes) {
    for (int i = index.length - 1; i >= 0; i--) {
      if (++index[i] < axes.get(i).size()) {
        return true;
      }
      index[i] = 0;
    }
    return false;
  }

  private List<Value> axis(Schema.Component field) {
    Node node = block.get(field.name());
    if (node == null) {
      if (field.key().optional()) {
        return List.of(new Value(null, block.at()));
      }
      if (field.key().fallback().isEmpty()) {
        throw block.error("missing key \"%s\" in %s", field.name(), place);
      }
      node = YamlReader.value(field.key().fallback(), block.at());
    }
    return switch (field.shape()) {
      case LIST -> List.of(new Value(list(field, node), node.at()));
      case BLOCK ->
          Binder.points(field.type(), node, place + "." + field.name()).stream()
              .map(point -> new Value(point.value(), point.at()))
              .toList();
      case SCALAR -> {
        if (!(node instanceof Node.Sequence axis)) {
          yield List.of(scalar(field, node));
        }
        if (axis.items().isEmpty()) {
          throw Binder.emptyList(node, field.name());
        }
        yield axis.items().stream().map(item -> scalar(field, item)).toList();
      }
    };
  }

  private static boolean isAbsent(Schema.Component field, Node node) {
    return field.key().optional() && node instanceof Node.Scalar scalar && scalar.isNull();
  }

  private static Value scalar(Schema.Component field, Node node) {
    return isAbsent(field, node)
        ? new Value(null, node.at())
        : new Value(Scalars.value(field.type(), node, field.name()), node.at());
  }

  private static @Nullable Object list(Schema.Component field, Node node) {
    return isAbsent(field, node) ? null : Binder.list(field.type(), node, field.name());
  }

  private Bound<T> bind(List<Value> values) {
    Map<String, Position> keys = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      keys.put(fields.get(i).name(), values.get(i).at());
    }
    try {
      return new Bound<>(construct(values), block.at(), keys);
    } catch (SettingException e) {
      throw keys.getOrDefault(e.key(), block.at()).error("%s", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw block.error("%s: %s", place, String.valueOf(e.getMessage()));
    }
  }

  private T construct(List<Value> values) {
    Class<?>[] types =
        fields.stream().map(field -> field.accessor().getReturnType()).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = record.getConstructor(types);
      return section.cast(constructor.newInstance(values.stream().map(Value::value).toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new IllegalStateException("can't make a " + record, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make a " + record, e);
    }
  }

  /** One value of a key and where it stands. */
  private record Value(@Nullable Object value, Position at) {}
}
