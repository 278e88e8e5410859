package io.eigensweep.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * Reads one YAML 1.2 document into {@link Node}s: core schema, no anchors, aliases, tags or second
 * documents, no key twice. A word may begin with {@code @}, which YAML reserves.
 *
 * <p>It reads the parser's events instead of composed nodes, because a composed node no longer
 * shows an alias or a tag.
 */
public final class YamlReader {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_CODE_POINTS = 64 << 20;
  private static final CoreScalarResolver CORE = new CoreScalarResolver(false);

  private final Iterator<Event> events;
  private final Function<@Nullable Mark, Position> positions;
  private final PlainCharacters plain;

  private YamlReader(
      String text, Function<@Nullable Mark, Position> positions, PlainCharacters plain) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_CODE_POINTS).build();
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.events = new Parse(settings).parseString(plain.hide(content)).iterator();
    this.positions = positions;
    this.plain = plain;
  }

  /**
   * The document in {@code text}.
   *
   * @throws JobException when it is not exactly one document of plain YAML
   */
  public static Node read(String text, String fileName) {
    return read(
        text,
        mark ->
            mark == null
                ? new Position(fileName, 1, 1)
                : new Position(fileName, mark.getLine() + 1, mark.getColumn() + 1),
        PlainCharacters.of(text, "@"));
  }

  /** The value in {@code text}, all of it at {@code position}; no text is the null scalar. */
  static Node value(String text, Position position) {
    return read(text, mark -> position, PlainCharacters.of(text, "@"));
  }

  /** The value in {@code text}, all of it at {@code position}; {@code #} begins no comment. */
  static Node uncommented(String text, Position position) {
    return read(text, mark -> position, PlainCharacters.of(text, "@#"));
  }

  /** The scalar {@code text}, typed by the core schema; text keeps the blanks around it. */
  static Node.Scalar scalar(String text, Position position) {
    String bare = text.strip();
    Node.Kind kind = bare.isEmpty() ? Node.Kind.NULL : kind(CORE.resolve(bare, true));
    return new Node.Scalar(position, kind, kind == Node.Kind.TEXT ? text : bare);
  }

  private static Node read(
      String text, Function<@Nullable Mark, Position> positions, PlainCharacters plain) {
    try {
      return new YamlReader(text, positions, plain).document();
    } catch (MarkedYamlEngineException e) {
      throw positions
          .apply(e.getProblemMark().or(e::getContextMark).orElse(null))
          .error("not valid YAML: %s", plain.show(e.getProblem()));
    } catch (YamlEngineException e) {
      throw positions
          .apply(null)
          .error(
              "not valid YAML: %s", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Node document() {
    expect(Event.ID.StreamStart);
    Event first = events.next();
    if (first.getEventId() == Event.ID.StreamEnd) {
      return new Node.Scalar(positions.apply(null), Node.Kind.NULL, "");
    }
    Node node = node(events.next(), 0);
    expect(Event.ID.DocumentEnd);
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw at(end).error("a second YAML document; a job is one document");
    }
    return node;
  }

  private void expect(Event.ID id) {
    Event event = events.next();
    if (event.getEventId() != id) {
      throw new IllegalStateException("expected " + id + ", got " + event);
    }
  }

  private Node node(Event event, int depth) {
    refuseExtras(event);
    if (depth > MAX_DEPTH) {
      throw at(event).error("nested more than %s deep", MAX_DEPTH);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    } else if (event instanceof SequenceStartEvent) {
      return sequence(event, depth);
    } else if (event instanceof MappingStartEvent) {
      return mapping(event, depth);
    }
    throw new IllegalStateException("unexpected " + event);
  }

  private void refuseExtras(Event event) {
    if (event instanceof AliasEvent alias) {
      throw at(event)
          .error(
              "aliases (*%s) are not supported; write it out",
              plain.show(alias.getAlias().toString()));
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw at(event)
          .error(
              "anchors (&%s) are not supported; write it out",
              plain.show(node.getAnchor().get().toString()));
    }
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent collection
                ? collection.getTag()
                : Optional.empty();
    if (tag.isPresent()) {
      throw at(event).error("tags (%s) are not supported", plain.show(shorthand(tag.get())));
    }
  }

  private static String shorthand(String tag) {
    return tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
  }

  private Node.Scalar scalar(ScalarEvent event) {
    String text = plain.show(event.getValue());
    Node.Kind kind = event.isPlain() ? kind(CORE.resolve(text, true)) : Node.Kind.TEXT;
    return new Node.Scalar(at(event), kind, text);
  }

  private static Node.Kind kind(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return Node.Kind.INTEGER;
    } else if (tag.equals(Tag.FLOAT)) {
      return Node.Kind.FLOAT;
    } else if (tag.equals(Tag.BOOL)) {
      return Node.Kind.BOOLEAN;
    }
    return tag.equals(Tag.NULL) ? Node.Kind.NULL : Node.Kind.TEXT;
  }

  private Node sequence(Event start, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new Node.Sequence(at(start), items);
  }

  private Node mapping(Event start, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(node(event, depth + 1) instanceof Node.Scalar key)) {
        throw at(event).error("a key must be a single word");
      }
      if (!seen.add(key.text())) {
        throw key.error("the key \"%s\" is there twice", key.text());
      }
      entries.add(new Node.Entry(key.at(), key.text(), node(events.next(), depth + 1)));
    }
    return new Node.Mapping(at(start), entries);
  }

  private Position at(Event event) {
    return positions.apply(event.getStartMark().orElse(null));
  }
}
