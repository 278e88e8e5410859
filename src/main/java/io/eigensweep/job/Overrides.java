package io.eigensweep.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code --set path=value}: the path is keys joined by points, a number indexes a list. The value
 * is taken whole: a list {@code […]} or block {@code {…}} of YAML, or several lines of it; text in
 * quotes; everything else one scalar as it stands. Nothing in it begins a comment. Keys that are
 * missing are made; whether they are known is checked when the job is bound, with the override as
 * the position.
 */
final class Overrides {
  private static final Pattern QUOTED = Pattern.compile("'([^']|'')*+'|\"([^\"\\\\]|\\\\.)*+\"");

  private final String path;
  private final Position position;
  private final Node value;

  private Overrides(String path, Position position, Node value) {
    this.path = path;
    this.position = position;
    this.value = value;
  }

  /** {@code value} at {@code path}, where {@code position} says so. */
  static Overrides of(String path, Position position, Node value) {
    if (steps(path).contains("")) {
      throw position.error("needs keys joined by points, for example network.width, got %s", path);
    }
    return new Overrides(path, position, value);
  }

  private static List<String> steps(String path) {
    return Arrays.asList(path.split("\\.", -1));
  }

  /** {@code root} with this one applied. */
  Node on(Node root) {
    return set(root, steps(path), "the job");
  }

  /** {@code root} with {@code overrides} applied in their order. */
  static Node apply(Node root, List<String> overrides) {
    Node changed = root;
    for (String override : overrides) {
      int equals = override.indexOf('=');
      String path = equals < 0 ? override : override.substring(0, equals);
      if (equals < 0 || steps(path).contains("")) {
        throw new JobException(
            "--set needs path=value, for example network.width=512, got \"" + override + "\"");
      }
      Position position = Position.override(path);
      changed = of(path, position, value(override.substring(equals + 1), position)).on(changed);
    }
    return changed;
  }

  private static Node value(String text, Position position) {
    // A script with Windows line ends brings one along.
    String whole = text.replaceFirst("[\\r\\n]+$", "");
    String bare = whole.strip();
    if (bare.startsWith("[") || bare.startsWith("{")) {
      try {
        return YamlReader.uncommented(bare, position);
      } catch (JobException e) {
        throw new JobException(e.getMessage() + "; text that begins so needs quotes of its own");
      }
    }
    return bare.indexOf('\n') >= 0 || QUOTED.matcher(bare).matches()
        ? YamlReader.uncommented(whole, position)
        : YamlReader.scalar(whole, position);
  }

  private Node set(@Nullable Node node, List<String> steps, String place) {
    if (steps.isEmpty()) {
      return value;
    }
    String step = steps.get(0);
    List<String> rest = steps.subList(1, steps.size());
    if (node instanceof Node.Sequence list) {
      return setItem(list, step, rest, place);
    }
    List<Node.Entry> entries = new ArrayList<>();
    if (node instanceof Node.Mapping block) {
      entries.addAll(block.entries());
    } else if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      throw position.error("%s is %s and has no key \"%s\"", place, node.describe(), step);
    }
    if (step.matches("[0-9]+")) {
      throw position.error("%s is no list and has no entry %s", place, step);
    }
    setEntry(entries, step, rest);
    return new Node.Mapping(node == null || isNull(node) ? position : node.at(), entries);
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.isNull();
  }

  private void setEntry(List<Node.Entry> entries, String key, List<String> rest) {
    for (int i = 0; i < entries.size(); i++) {
      Node.Entry entry = entries.get(i);
      if (entry.key().equals(key)) {
        entries.set(i, new Node.Entry(entry.at(), key, set(entry.value(), rest, key)));
        return;
      }
    }
    entries.add(new Node.Entry(position, key, set(null, rest, key)));
  }

  private Node setItem(Node.Sequence list, String step, List<String> rest, String place) {
    int size = list.items().size();
    if (!step.matches("[0-9]+")) {
      String example = path.replace("." + step, ".0." + step);
      throw position.error(
          "%s is a list of %s; say which entry, for example %s", place, size, example);
    }
    if (step.length() > 9 || Integer.parseInt(step) >= size) {
      throw position.error(
          "%s has %s entries, counted from 0; there is no entry %s", place, size, step);
    }
    int index = Integer.parseInt(step);
    List<Node> items = new ArrayList<>(list.items());
    items.set(index, set(items.get(index), rest, place + "." + step));
    return new Node.Sequence(list.at(), items);
  }
}
