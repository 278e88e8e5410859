package io.eigensweep.job;

import io.eigensweep.settings.Schema;
import io.eigensweep.settings.SettingException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    this.block = gathered(flattened(block));
    List<String> known = new ArrayList<>();
    if (section.isSealed()) {
      known.add("type");
    }
    fields.forEach(field -> known.add(field.name()));
    Binder.refuseUnknown(this.block, known, place);
  }

  /**
   * {@code learning-rate: {of-limit: 0.5}} is another spelling of {@code learning-rate-of-limit:
   * 0.5}: a block under a key that holds no block stands for the keys that begin with its name.
   */
  private Node.Mapping flattened(Node.Mapping written) {
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : written.entries()) {
      if (entry.value() instanceof Node.Mapping inner && isPrefix(entry.key())) {
        List<String> known = suffixes(entry.key());
        Binder.refuseUnknown(inner, known, place + "." + entry.key());
        for (Node.Entry part : inner.entries()) {
          String key = entry.key() + "-" + part.key();
          if (written.get(key) != null) {
            throw part.at().error("%s is in %s twice", key, place);
          }
          entries.add(new Node.Entry(part.at(), key, part.value()));
        }
      } else {
        entries.add(entry);
      }
    }
    return new Node.Mapping(written.at(), entries);
  }

  /**
   * {@code optimizer: adam, beta1: 0.8} is another spelling of {@code optimizer: {type: adam,
   * beta1: 0.8}}, where that key is {@link io.eigensweep.settings.Key#flat flat}.
   */
  private Node.Mapping gathered(Node.Mapping written) {
    Node.Mapping block = written;
    for (Schema.Component field : fields) {
      if (field.key().flat()) {
        block = gathered(field, block);
      }
    }
    return block;
  }

  private Node.Mapping gathered(Schema.Component field, Node.Mapping written) {
    Set<String> keys = new LinkedHashSet<>();
    Schema.types(field.type()).values().forEach(type -> keys.addAll(keys(type)));
    List<Node.Entry> beside = new ArrayList<>();
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : written.entries()) {
      if (!keys.contains(entry.key())) {
        entries.add(entry);
      } else if (!(entry.value() instanceof Node.Scalar scalar && scalar.isNull())) {
        beside.add(entry);
      }
    }
    Node given = written.get(field.name());
    Node node = given == null ? YamlReader.value(field.key().fallback(), written.at()) : given;
    entries.removeIf(entry -> entry.key().equals(field.name()));
    entries.add(new Node.Entry(node.at(), field.name(), blocks(field, node, beside)));
    return new Node.Mapping(written.at(), entries);
  }

  /** {@code node} with a block for each type in it, which gets the keys {@code beside} it. */
  private Node blocks(Schema.Component field, Node node, List<Node.Entry> beside) {
    if (node instanceof Node.Sequence list) {
      return new Node.Sequence(
          list.at(), list.items().stream().map(item -> blocks(field, item, beside)).toList());
    } else if (node instanceof Node.Scalar type && type.kind() == Node.Kind.TEXT) {
      Class<?> record = Schema.types(field.type()).get(type.text());
      for (Node.Entry entry : beside) {
        if (record != null && !keys(record).contains(entry.key())) {
          throw belongsElsewhere(field, entry, type.text());
        }
      }
      List<Node.Entry> entries = new ArrayList<>(beside);
      entries.add(0, new Node.Entry(type.at(), "type", type));
      return new Node.Mapping(type.at(), entries);
    } else if (node instanceof Node.Mapping && !beside.isEmpty()) {
      Node.Entry first = beside.get(0);
      throw first.at().error("%s belongs into the block %s", first.key(), field.name());
    }
    return node;
  }

  private static JobException belongsElsewhere(
      Schema.Component field, Node.Entry entry, String type) {
    String owners =
        Schema.types(field.type()).entrySet().stream()
            .filter(owner -> keys(owner.getValue()).contains(entry.key()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" or "));
    String key = field.name();
    return entry
        .value()
        .error(
            "%s belongs to %s %s, got %s with %s %s",
            entry.key(), key, owners, entry.value().describe(), key, type);
  }

  private static List<String> keys(Class<?> record) {
    return Schema.of(record).stream().map(Schema.Component::name).toList();
  }

  private boolean isPrefix(String key) {
    return !suffixes(key).isEmpty()
        && fields.stream()
            .noneMatch(field -> field.name().equals(key) && field.shape() == Schema.Shape.BLOCK);
  }

  private List<String> suffixes(String key) {
    return fields.stream()
        .map(Schema.Component::name)
        .filter(name -> name.startsWith(key + "-"))
        .map(name -> name.substring(key.length() + 1))
        .toList();
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
      throw keys.getOrDefault(e.key(), block.at()).error("%s", e.getMessage());
    } catch (IllegalArgumentException e) {
      throw block.error("%s: %s", place, e.getMessage());
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
