package io.eigensweep.job;

import io.eigensweep.settings.Schema;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code exclude:} against the schema of a trial. A value may be a list: any of them. The
 * keys of {@code signal} are those of the trial's picture ({@code label}, {@code file}, {@code
 * size}, {@code kind} …), not those that say how pictures are chosen.
 */
final class ExclusionReader {
  /** The sections of a trial in canonical order; the seed is on its own. */
  private static final Map<String, Class<?>> SECTIONS = sections();

  private ExclusionReader() {}

  private static Map<String, Class<?>> sections() {
    Map<String, Class<?>> sections = new LinkedHashMap<>();
    for (Schema.Component component : Schema.of(Trial.class)) {
      if (component.shape() == Schema.Shape.BLOCK) {
        sections.put(component.name(), component.type());
      }
    }
    return sections;
  }

  /** All exclusions in {@code node}, a list of partial trials or a single one. */
  static List<Exclusion> read(Node node) {
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    return items.stream().map(ExclusionReader::exclusion).toList();
  }

  private static Exclusion exclusion(Node node) {
    if (!(node instanceof Node.Mapping partial)) {
      throw node.error(
          "exclude must be a list of blocks such as {network: {width: 512}}, not %s",
          node.describe());
    }
    List<String> known = new ArrayList<>(SECTIONS.keySet());
    known.add("seeds");
    Binder.refuseUnknown(partial, known, "exclude");
    List<Exclusion.Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, Class<?>> section : SECTIONS.entrySet()) {
      Node part = partial.get(section.getKey());
      if (part != null) {
        conditions.addAll(conditions(section.getKey(), section.getValue(), part));
      }
    }
    Node seeds = partial.get("seeds");
    if (seeds != null) {
      conditions.add(new Exclusion.Condition("seeds", "", new ArrayList<>(seeds(seeds))));
    }
    if (conditions.isEmpty()) {
      throw node.error("exclude: an entry without a condition would drop every trial");
    }
    return new Exclusion(node.at().toString(), conditions);
  }

  private static List<Object> seeds(Node node) {
    refuseEmpty(node, "seeds");
    return Binder.list(Long.class, node, "seeds");
  }

  private static void refuseEmpty(Node node, String key) {
    if (node instanceof Node.Sequence list && list.items().isEmpty()) {
      throw Binder.emptyList(node, key);
    }
  }

  private static List<Exclusion.Condition> conditions(String section, Class<?> type, Node node) {
    String place = "exclude." + section;
    if (!(node instanceof Node.Mapping block)) {
      throw node.error("%s must be a block of keys, not %s", place, node.describe());
    }
    List<Exclusion.Condition> conditions = new ArrayList<>();
    List<Class<?>> records = List.of(type);
    List<String> known = new ArrayList<>();
    if (type.isSealed()) {
      known.add("type");
      Node types = block.get("type");
      records = List.copyOf(Schema.types(type).values());
      if (types != null) {
        List<String> names = typeNames(types, Schema.types(type), place);
        records = List.copyOf(names.stream().map(Schema.types(type)::get).toList());
        conditions.add(new Exclusion.Condition(section, "type", new ArrayList<>(names)));
      }
    }
    Map<String, List<Schema.Component>> fields = fields(records);
    known.addAll(fields.keySet());
    Binder.refuseUnknown(block, known, place);
    for (Map.Entry<String, List<Schema.Component>> field : fields.entrySet()) {
      Node value = block.get(field.getKey());
      if (value != null) {
        conditions.add(
            new Exclusion.Condition(section, field.getKey(), values(field.getValue(), value)));
      }
    }
    return conditions;
  }

  private static List<String> typeNames(Node node, Map<String, Class<?>> types, String place) {
    refuseEmpty(node, "type");
    List<String> names = new ArrayList<>();
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    for (Node item : items) {
      String name = (String) Scalars.value(String.class, item, "type");
      if (!types.containsKey(name)) {
        throw item.error(
            "unknown type \"%s\" in %s%s", name, place, Nearest.hint(name, types.keySet()));
      }
      names.add(name);
    }
    return names;
  }

  /** The keys of {@code records}; one key may belong to several of them. */
  private static Map<String, List<Schema.Component>> fields(Collection<Class<?>> records) {
    Map<String, List<Schema.Component>> fields = new LinkedHashMap<>();
    for (Class<?> record : records) {
      for (Schema.Component field : Schema.of(record)) {
        fields.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
        if (field.key().flat()) {
          fields.putAll(fields(Schema.types(field.type()).values()));
        }
      }
    }
    return fields;
  }

  private static List<@Nullable Object> values(List<Schema.Component> owners, Node node) {
    String key = owners.get(0).name();
    refuseEmpty(node, key);
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    boolean optional = owners.stream().anyMatch(owner -> owner.key().optional());
    Set<@Nullable Object> values = new LinkedHashSet<>();
    for (Schema.Component owner : owners) {
      if (owner.key().flat()) {
        return new ArrayList<>(typeNames(node, Schema.types(owner.type()), key));
      }
      if (!owner.hasScalar()) {
        throw node.error("%s is no single value and can't be a condition of exclude", key);
      }
      for (Node item : items) {
        boolean absent = optional && item instanceof Node.Scalar scalar && scalar.isNull();
        values.add(absent ? null : Scalars.value(owner.type(), item, key));
      }
    }
    return new ArrayList<>(values);
  }
}
