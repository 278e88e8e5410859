package io.eigensweep.claims;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.job.Nearest;
import io.eigensweep.job.Node;
import io.eigensweep.job.Scalars;
import io.eigensweep.measure.ColumnType;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.settings.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads which trials a claim is about: selectors over hyperparameters, and what it takes of each.
 */
final class SideReader {
  private static final String ENCODING = "encoding";

  private static final List<String> OWN = List.of("quantity", "term", "epoch", "best");

  private static final List<Hyperparameter> COLUMNS =
      Hyperparameters.ALL.stream()
          .filter(one -> one.name().equals(ENCODING) || Hyperparameters.SETTING.contains(one))
          .toList();

  private SideReader() {}

  /** The side in {@code node}, of {@code fallback} where it names no quantity. */
  static Side side(Node node, String key, Quantity fallback) {
    if (!(node instanceof Node.Mapping block)) {
      throw node.at().error("%s must be a block of keys, not %s", key, node.describe());
    }
    Map<String, Selector> where = new LinkedHashMap<>();
    for (Node.Entry entry : block.entries()) {
      if (!OWN.contains(entry.key())) {
        Hyperparameter parameter = parameter(entry, key);
        if (where.put(parameter.name(), selector(entry.value(), parameter)) != null) {
          throw entry.at().error("the key \"%s\" is there twice", entry.key());
        }
      }
    }
    requirePossible(block, where);
    Node quantity = block.get("quantity");
    Quantity of = quantity == null ? fallback : quantity(quantity, "quantity");
    return new Side(of, where, term(block, of), epoch(block, of), best(block));
  }

  /** A hyperparameter that has numbers. */
  static String axis(Node node, String key, Side side) {
    String name = ClaimFile.text(node, key);
    Hyperparameter axis =
        COLUMNS.stream()
            .filter(one -> one.name().equals(name.replace('-', '_')))
            .findFirst()
            .orElseThrow(
                () -> {
                  List<String> known = new ArrayList<>(names());
                  known.addAll(Quantity.names());
                  return node.at()
                      .error("%s: nothing is called %s%s", key, name, Nearest.hint(name, known));
                });
    ColumnType type = axis.field().type();
    if (type == Scalar.STRING || type == Scalar.BOOLEAN) {
      throw node.at().error("%s: %s has no numbers", key, name);
    }
    if (side.where().get(axis.name()) instanceof Selector.Extreme
        || (side.where().get(axis.name()) instanceof Selector.AnyOf one
            && one.values().size() < 2)) {
      throw node.at().error("%s: of selects a single value of %s", key, name);
    }
    return axis.name();
  }

  static Quantity quantity(Node node, String key) {
    String name = ClaimFile.text(node, key);
    if (!Quantity.names().contains(name)) {
      String bare = name.replace("_no_grid", "");
      throw node.at()
          .error(
              "%s: unknown quantity %s%s",
              key,
              name,
              Quantity.names().contains("spectra." + bare)
                  ? "; write spectra." + bare + ", whose scope a claim names"
                  : Nearest.hint(name, Quantity.names()));
    }
    return Quantity.named(name);
  }

  private static List<String> names() {
    return COLUMNS.stream().map(Hyperparameter::name).toList();
  }

  /** Columns may be written with dashes, as in job files. */
  private static Hyperparameter parameter(Node.Entry entry, String key) {
    String name = entry.key().replace('-', '_');
    for (Hyperparameter parameter : COLUMNS) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    List<String> known = new ArrayList<>(names());
    known.addAll(OWN);
    throw entry
        .at()
        .error("unknown key \"%s\" in %s%s", entry.key(), key, Nearest.hint(name, known));
  }

  private static Selector selector(Node node, Hyperparameter parameter) {
    boolean numbers =
        parameter.field().type() != Scalar.STRING && parameter.field().type() != Scalar.BOOLEAN;
    if (numbers && node instanceof Node.Scalar word && word.kind() == Node.Kind.TEXT) {
      for (Selector.Extreme extreme : Selector.Extreme.values()) {
        if (extreme.toString().equals(word.text())) {
          return extreme;
        }
      }
      throw node.at()
          .error(
              "%s: %s must be a number, a list of numbers, least or largest",
              parameter.name(), node.describe());
    }
    List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of(node);
    if (items.isEmpty()) {
      throw node.at().error("%s must not be an empty list", parameter.name());
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Node item : items) {
      values.add(value(item, parameter));
    }
    return new Selector.AnyOf(values);
  }

  private static @Nullable Object value(Node node, Hyperparameter parameter) {
    if (node instanceof Node.Scalar none && none.isNull() && parameter.field().nullable()) {
      return null;
    }
    ColumnType type = parameter.field().type();
    if (type == Scalar.INT || type == Scalar.BIGINT) {
      return Scalars.value(long.class, node, parameter.name());
    } else if (type == Scalar.DOUBLE) {
      return Scalars.value(double.class, node, parameter.name());
    } else if (type == Scalar.BOOLEAN) {
      return Scalars.value(boolean.class, node, parameter.name());
    }
    String text = ClaimFile.text(node, parameter.name());
    if (!parameter.words().isEmpty() && !parameter.words().contains(text)) {
      throw node.at()
          .error(
              "%s: \"%s\" must be one of %s",
              parameter.name(), text, String.join(", ", parameter.words()));
    }
    return text;
  }

  /** A hyperparameter of another encoding selects nothing. */
  private static void requirePossible(Node.Mapping block, Map<String, Selector> where) {
    if (!(where.get(ENCODING) instanceof Selector.AnyOf encodings)) {
      return;
    }
    for (Node.Entry entry : block.entries()) {
      String column = entry.key().replace('-', '_');
      Selector selector = where.get(column);
      if (selector == null
          || (selector instanceof Selector.AnyOf values && values.has(null))
          || !Hyperparameters.named(column).group().equals(ENCODING)) {
        continue;
      }
      boolean possible =
          column.equals(ENCODING)
              || Schema.types(Encoding.class).entrySet().stream()
                  .filter(type -> encodings.has(type.getKey()))
                  .flatMap(type -> Schema.of(type.getValue()).stream())
                  .anyMatch(component -> component.column().equals(column));
      if (!possible) {
        throw entry.at().error("the encoding %s has no %s", encodings, column);
      }
    }
  }

  private static String term(Node.Mapping block, Quantity of) {
    Node node = block.get("term");
    if (node == null) {
      return Side.TOTAL;
    }
    String term = ClaimFile.text(node, "term");
    if (!of.hasScope()) {
      throw node.at().error("term is for quantities of spectra alone, not for %s", of);
    }
    if (!term.matches("total|(mlp|grid)(\\.[0-9]+)?")) {
      throw node.at().error("term: \"%s\" must be total, mlp, grid, mlp.<l> or grid.<l>", term);
    }
    return term;
  }

  private static Checkpoint epoch(Node.Mapping block, Quantity of) {
    Node node = block.get("epoch");
    if (node == null) {
      return Side.LAST;
    }
    if (of.table() == Quantity.Table.TRIALS) {
      throw node.at().error("epoch is for quantities of several epochs, not for %s", of);
    }
    return (Checkpoint) Scalars.value(Checkpoint.class, node, "epoch");
  }

  private static @Nullable Quantity best(Node.Mapping block) {
    Node node = block.get("best");
    if (node == null) {
      return null;
    }
    Quantity best = quantity(node, "best");
    if (best.table() != Quantity.Table.TRIALS) {
      throw node.at().error("best must be a quantity of trials, not %s", best);
    }
    return best;
  }
}
