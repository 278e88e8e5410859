package io.eigensweep.claims;

import io.eigensweep.job.JobException;
import io.eigensweep.job.Nearest;
import io.eigensweep.job.Node;
import io.eigensweep.job.Scalars;
import io.eigensweep.job.YamlReader;
import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads claims from YAML: a block with the one key {@code claims}, a list of blocks as {@code
 * docs/claims.md} describes them. Strict, as job files are: what is not known or can't be is an
 * error with its place.
 */
public final class ClaimFile {
  private static final String PAPER = "paper.yaml";

  private static final List<String> KEYS =
      List.of(
          "id",
          "text",
          "source",
          "study",
          "quantity",
          "scope",
          "orders",
          "of",
          "over",
          "minus",
          "per-doubling-of",
          "rank-with",
          "across",
          "statistic",
          "rule",
          "paper");

  private static final List<String> RULES =
      Arrays.stream(Rule.Kind.values()).map(Names::of).toList();

  private ClaimFile() {}

  /** Those of the paper. */
  public static List<Claim> paper() {
    try (InputStream in = Objects.requireNonNull(ClaimFile.class.getResourceAsStream(PAPER))) {
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), PAPER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The claims in {@code text}.
   *
   * @param name of the file, for messages
   * @throws JobException when it is no list of claims
   */
  public static List<Claim> read(String text, String name) {
    Node root = YamlReader.read(text, name);
    Node list = block(root, "a file of claims", List.of("claims")).get("claims");
    if (!(list instanceof Node.Sequence claims)) {
      throw root.at().error("a file of claims must have the key \"claims\" with a list");
    }
    List<Claim> read = new ArrayList<>();
    Map<String, Node> ids = new HashMap<>();
    for (Node item : claims.items()) {
      Claim claim = claim(item);
      if (ids.put(claim.id(), item) != null) {
        throw item.at().error("the claim %s is there twice", claim.id());
      }
      read.add(claim);
    }
    return read;
  }

  private static Claim claim(Node node) {
    Node.Mapping block = block(node, "a claim", KEYS);
    String id = text(required(block, "id"), "id");
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw required(block, "id")
          .at()
          .error("id must be letters, digits, dots, dashes and underscores, got \"%s\"", id);
    }
    Quantity quantity = SideReader.quantity(required(block, "quantity"), "quantity");
    Node orders = block.get("orders");
    Form form = form(block, quantity);
    boolean logarithms = orders != null && (boolean) Scalars.value(boolean.class, orders, "orders");
    if (logarithms && form instanceof Form.Rank) {
      throw Objects.requireNonNull(orders).at().error("orders goes without rank-with");
    }
    Node paper = block.get("paper");
    return new Claim(
        id,
        text(required(block, "text"), "text"),
        block.get("source") == null ? null : text(required(block, "source"), "source"),
        text(required(block, "study"), "study"),
        form,
        logarithms,
        scope(block, form),
        word(block, "across", Claim.Across.MEAN),
        word(block, "statistic", Statistic.MEAN),
        rule(required(block, "rule")),
        paper == null ? null : (Double) Scalars.value(double.class, paper, "paper"));
  }

  private static Form form(Node.Mapping block, Quantity quantity) {
    Side of = SideReader.side(required(block, "of"), "of", quantity);
    Node over = block.get("over");
    Node minus = block.get("minus");
    Node axis = block.get("per-doubling-of");
    Node with = block.get("rank-with");
    List<Node> others =
        Stream.of(over == null ? minus : over, axis, with).filter(Objects::nonNull).toList();
    if (others.size() > 1) {
      throw others
          .get(1)
          .at()
          .error("a claim has over and minus, or per-doubling-of, or rank-with, not several");
    }
    Form form;
    if (axis != null) {
      form = new Form.Slope(of, SideReader.axis(axis, "per-doubling-of", of));
    } else if (with != null) {
      form = rank(of, with);
    } else {
      form =
          new Form.Contrast(
              of,
              over == null ? null : SideReader.side(over, "over", quantity),
              minus == null ? null : minus(minus, quantity));
    }
    requirePictures(block, form);
    return form;
  }

  private static Form rank(Side of, Node with) {
    String name = text(with, "rank-with");
    if (Quantity.names().contains(name)) {
      return new Form.Rank(of, Quantity.named(name), null);
    }
    return new Form.Rank(of, null, SideReader.axis(with, "rank-with", of));
  }

  private static Form.Contrast.Minus minus(Node node, Quantity quantity) {
    Node.Mapping block = block(node, "minus", List.of("times", "of", "over"));
    Node times = block.get("times");
    Node over = block.get("over");
    return new Form.Contrast.Minus(
        times == null ? 1 : (Double) Scalars.value(double.class, times, "times"),
        SideReader.side(required(block, "of"), "of", quantity),
        over == null ? null : SideReader.side(over, "over", quantity));
  }

  /**
   * A kernel at initialisation is the same for every picture: they would be counted for nothing.
   */
  private static void requirePictures(Node.Mapping block, Form form) {
    boolean initial =
        form.sides().stream()
            .allMatch(
                side ->
                    side.quantity().hasScope()
                        && List.of("init", "0").contains(side.epoch().name()));
    if (initial) {
      throw block
          .at()
          .error("kernels at initialisation do not depend on the picture; name a later epoch");
    }
  }

  private static @Nullable Scope scope(Node.Mapping block, Form form) {
    boolean needed =
        form.sides().stream().anyMatch(side -> side.quantity().hasScope())
            || (form instanceof Form.Rank rank && rank.with() != null && rank.with().hasScope());
    Node scope = block.get("scope");
    List<String> names = Arrays.stream(Scope.values()).map(Names::of).toList();
    if (scope == null) {
      if (needed) {
        throw block
            .at()
            .error("a claim about spectra must say its scope, one of %s", String.join(", ", names));
      }
      return null;
    }
    if (!needed) {
      throw scope.at().error("scope is for quantities of spectra alone");
    }
    return (Scope) Scalars.value(Scope.class, scope, "scope");
  }

  private static Rule rule(Node node) {
    Node.Mapping block = block(node, "rule", RULES);
    if (block.entries().size() != 1) {
      throw node.at().error("rule must have one key, one of %s", String.join(", ", RULES));
    }
    Node.Entry entry = block.entries().get(0);
    Rule.Kind kind = Names.constant(Rule.Kind.class, entry.key()).orElseThrow();
    if (!kind.isRange()) {
      double bound = (Double) Scalars.value(double.class, entry.value(), entry.key());
      return new Rule(kind, bound, bound);
    }
    if (!(entry.value() instanceof Node.Sequence pair) || pair.items().size() != 2) {
      throw entry.value().at().error("%s must be two numbers, [low, high]", entry.key());
    }
    double low = (Double) Scalars.value(double.class, pair.items().get(0), entry.key());
    double high = (Double) Scalars.value(double.class, pair.items().get(1), entry.key());
    if (low > high) {
      throw entry.value().at().error("%s: %s must not be above %s", entry.key(), low, high);
    }
    return new Rule(kind, low, high);
  }

  private static <E extends Enum<E>> E word(Node.Mapping block, String key, E fallback) {
    Node node = block.get(key);
    return node == null
        ? fallback
        : fallback.getDeclaringClass().cast(Scalars.value(fallback.getDeclaringClass(), node, key));
  }

  /** A block of these keys and no others. */
  static Node.Mapping block(Node node, String what, List<String> keys) {
    if (!(node instanceof Node.Mapping block)) {
      throw node.at().error("%s must be a block of keys, not %s", what, node.describe());
    }
    for (Node.Entry entry : block.entries()) {
      if (!keys.contains(entry.key())) {
        throw entry
            .at()
            .error(
                "unknown key \"%s\" in %s%s", entry.key(), what, Nearest.hint(entry.key(), keys));
      }
    }
    return block;
  }

  private static Node required(Node.Mapping block, String key) {
    Node value = block.get(key);
    if (value == null) {
      throw block.at().error("missing key \"%s\"", key);
    }
    return value;
  }

  static String text(Node node, String key) {
    String text = (String) Scalars.value(String.class, node, key);
    if (text.isBlank()) {
      throw node.at().error("%s must not be empty", key);
    }
    return text;
  }
}
