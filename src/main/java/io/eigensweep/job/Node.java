package io.eigensweep.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML value with its position: a scalar, a list, or a block of keys. */
public sealed interface Node {

  /** Where the value starts. */
  Position at();

  /** {@link Position#error} at the value. */
  default JobException error(String format, Object... values) {
    return at().error(format, values);
  }

  /** How a message calls the value: its text, "a list", "a block", "nothing". */
  String describe();

  /** What YAML 1.2 says a scalar is. */
  enum Kind {
    TEXT,
    INTEGER,
    FLOAT,
    BOOLEAN,
    NULL
  }

  /**
   * One scalar.
   *
   * @param at where it starts
   * @param kind its type by the core schema
   * @param text as written, without quotes
   */
  record Scalar(Position at, Kind kind, String text) implements Node {
    @Override
    public String describe() {
      return switch (kind) {
        case TEXT -> '"' + text + '"';
        case NULL -> "nothing";
        default -> text;
      };
    }

    /** True for {@code null}, {@code ~} and a key without a value. */
    public boolean isNull() {
      return kind == Kind.NULL;
    }
  }

  /**
   * A list.
   *
   * @param at where it starts
   * @param items in order
   */
  record Sequence(Position at, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /**
   * A block of keys.
   *
   * @param at where it starts
   * @param entries in order, no key twice
   */
  record Mapping(Position at, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String describe() {
      return "a block";
    }

    /** The value of {@code key}, null when the block does not have it. */
    public @Nullable Node get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /**
   * A key and its value.
   *
   * @param at where the key starts
   * @param key its text
   * @param value its value
   */
  record Entry(Position at, String key, Node value) {}
}
