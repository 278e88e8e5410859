package io.eigensweep.job;

import io.eigensweep.settings.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns the block of a section into its records: one for each point of the block's axes. It knows
 * no hyperparameter by name; everything comes from {@link Schema}.
 *
 * <p>A list of blocks gives the points of each block in turn. Within a block, the first component
 * of the record varies slowest, whatever the order of the keys in the file.
 */
final class Binder {
  private Binder() {}

  /**
   * All points of {@code node}.
   *
   * @param section a record, or a sealed interface of records that {@code type:} tells apart
   * @param name the section's name for messages
   * @throws JobException when anything in it is wrong
   */
  static <T> List<Bound<T>> points(Class<T> section, Node node, String name) {
    if (node instanceof Node.Sequence blocks) {
      if (blocks.items().isEmpty()) {
        throw emptyList(node, name);
      }
      List<Bound<T>> points = new ArrayList<>();
      for (Node block : blocks.items()) {
        if (block instanceof Node.Sequence) {
          throw block.error("%s must be a list of blocks, not of lists", name);
        }
        points.addAll(points(section, block, name));
      }
      return points;
    }
    if (Schema.hasShorthand(section) && node instanceof Node.Scalar scalar && !scalar.isNull()) {
      Object value = Scalars.value(section, node, name.substring(name.lastIndexOf('.') + 1));
      return List.of(new Bound<>(section.cast(value), node.at(), Map.of()));
    }
    if (!(node instanceof Node.Mapping block)) {
      throw node.error(
          "%s must be a block of keys, not %s%s", name, node.describe(), leaveOut(node));
    }
    Class<?> record = recordOf(section, block, name);
    String place = section.isSealed() ? name + " (" + typeText(block) + ")" : name;
    return new BlockBinder<>(section, record, block, place).points();
  }

  private static String leaveOut(Node node) {
    return node instanceof Node.Scalar scalar && scalar.isNull()
        ? "; leave the key out for the defaults"
        : "";
  }

  static JobException emptyList(Node node, String key) {
    return node.error("%s: the list is empty; give at least one value", key);
  }

  private static Class<?> recordOf(Class<?> section, Node.Mapping block, String name) {
    if (!section.isSealed()) {
      return section;
    }
    Map<String, Class<?>> types = Schema.types(section);
    if (block.get("type") == null) {
      throw block.error("%s needs a type: one of %s", name, String.join(", ", types.keySet()));
    }
    String type = typeText(block);
    Class<?> record = types.get(type);
    if (record == null) {
      throw Objects.requireNonNullElse(block.get("type"), block)
          .error("unknown type \"%s\" in %s%s", type, name, Nearest.hint(type, types.keySet()));
    }
    return record;
  }

  private static String typeText(Node.Mapping block) {
    Node type = block.get("type");
    if (type instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.TEXT) {
      return scalar.text();
    }
    throw Objects.requireNonNullElse(type, block)
        .error("type must be one word; write a list of blocks for alternatives");
  }

  /** The values of a list by nature; a scalar is a list of one. */
  static List<Object> list(Class<?> element, Node node, String key) {
    List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    return items.stream().map(item -> Scalars.value(element, item, key)).toList();
  }

  /** Refuses the first key of {@code block} that is not {@code known}. */
  static void refuseUnknown(Node.Mapping block, List<String> known, String place) {
    for (Node.Entry entry : block.entries()) {
      if (!known.contains(entry.key())) {
        String key = entry.key();
        throw entry.at().error("unknown key \"%s\" in %s%s", key, place, Nearest.hint(key, known));
      }
    }
  }
}
