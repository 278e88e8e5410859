package io.eigensweep.job;

import io.eigensweep.settings.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ways in which a block may write its keys, brought to one.
 *
 * @param fields the keys of the block's record
 * @param place the block, for messages
 */
record Spellings(List<Schema.Component> fields, String place) {

  /** {@code written} with each key as its record has it. */
  Node.Mapping canonical(Node.Mapping written) {
    Node.Mapping block = flattened(written);
    for (Schema.Component field : fields) {
      if (field.key().flat()) {
        block = gathered(field, block);
      }
    }
    return block;
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
}
