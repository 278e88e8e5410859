package io.eigensweep.claims;

import io.eigensweep.aggregate.Picture;
import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.trial.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a side.
 *
 * @param rows at least one, of trials that succeeded
 * @param chosen the values that least and largest stand for, and the encoding that was chosen among
 *     several
 */
record Selection(List<ClaimRow> rows, List<String> chosen) {

  /**
   * Those of {@code rows} that {@code side}, one of {@code sides}, selects and that succeeded. What
   * is least or largest is asked of all rows, whatever has become of them, and is the same on every
   * side that asks it of the same encoding: else a failure could change what is compared.
   */
  static Selection of(Side side, List<Side> sides, List<ClaimRow> rows) throws UntestedException {
    List<ClaimRow> kept = new ArrayList<>(rows);
    List<String> chosen = new ArrayList<>();
    for (Map.Entry<String, Selector> one : side.where().entrySet()) {
      String column = one.getKey();
      Selector.AnyOf values;
      if (one.getValue() instanceof Selector.Extreme extreme) {
        double value = extreme(extreme, column, side, sides, rows);
        values = new Selector.AnyOf(List.of(value));
        chosen.add("the " + extreme + " " + column + " is " + values);
      } else {
        values = (Selector.AnyOf) one.getValue();
      }
      kept.removeIf(row -> !values.has(row.setting(column)));
    }
    kept.removeIf(row -> row.trial().status() != Status.SUCCEEDED);
    if (kept.isEmpty()) {
      throw new UntestedException(
          "no trial that succeeded has " + side + " (of " + rows.size() + ")");
    }
    return side.best() == null
        ? new Selection(kept, chosen)
        : best(kept, side, side.best(), chosen);
  }

  private static double extreme(
      Selector.Extreme extreme, String column, Side side, List<Side> sides, List<ClaimRow> rows)
      throws UntestedException {
    List<Side> alike =
        sides.stream()
            .filter(
                other ->
                    other.where().get(column) instanceof Selector.Extreme
                        && Objects.equals(encodings(other), encodings(side)))
            .toList();
    double sign = extreme == Selector.Extreme.LEAST ? -1 : 1;
    return sign
        * rows.stream()
            .filter(row -> alike.stream().anyMatch(other -> isNamed(row, other)))
            .map(row -> row.setting(column))
            .filter(Number.class::isInstance)
            .mapToDouble(value -> sign * ((Number) value).doubleValue())
            .max()
            .orElseThrow(() -> new UntestedException("no trial has a " + column + " of " + side));
  }

  private static @Nullable Selector encodings(Side side) {
    return side.where().get("encoding");
  }

  /** Whether {@code row} has the values that {@code side} names. */
  private static boolean isNamed(ClaimRow row, Side side) {
    return side.where().entrySet().stream()
        .allMatch(
            one ->
                !(one.getValue() instanceof Selector.AnyOf values)
                    || values.has(row.setting(one.getKey())));
  }

  private static Selection best(List<ClaimRow> rows, Side side, Quantity by, List<String> chosen)
      throws UntestedException {
    Map<String, List<ClaimRow>> encodings =
        rows.stream()
            .filter(row -> row.numbers().containsKey(by.column()))
            .collect(Collectors.groupingBy(Selection::encoding, TreeMap::new, Collectors.toList()));
    if (encodings.isEmpty()) {
      throw new UntestedException(by + " has no value in the trials of " + side);
    }
    // The mean of one that lacks a hard picture would be too high.
    Set<Picture> common = new HashSet<>(rows.stream().map(row -> row.trial().picture()).toList());
    encodings
        .values()
        .forEach(
            candidate ->
                common.retainAll(candidate.stream().map(row -> row.trial().picture()).toList()));
    if (common.isEmpty()) {
      throw new UntestedException("no picture has all that " + side + " chooses among");
    }
    String best = "";
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, List<ClaimRow>> encoding : encodings.entrySet()) {
      double mean =
          encoding.getValue().stream()
              .filter(row -> common.contains(row.trial().picture()))
              .mapToDouble(row -> Objects.requireNonNull(row.numbers().get(by.column())))
              .average()
              .orElseThrow();
      if (mean > highest) {
        best = encoding.getKey();
        highest = mean;
      }
    }
    if (encodings.size() > 1) {
      chosen.add(best + ", the best of " + encodings.size() + " by " + by + " on these trials");
    }
    String found = best;
    return new Selection(rows.stream().filter(row -> encoding(row).equals(found)).toList(), chosen);
  }

  /** Its encoding with the hyperparameters of that. */
  private static String encoding(ClaimRow row) {
    StringBuilder out = new StringBuilder(row.trial().encoding());
    own(row).forEach((column, value) -> out.append(' ').append(column).append('=').append(value));
    return out.toString();
  }

  /** The hyperparameters of its encoding. */
  static Map<String, Object> own(ClaimRow row) {
    return settings(row, true);
  }

  /** Everything else that can change a number, but the picture and the seed. */
  static Map<String, Object> rest(ClaimRow row) {
    return settings(row, false);
  }

  private static Map<String, Object> settings(ClaimRow row, boolean own) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      Object value = row.trial().setting().get(parameter.name());
      if (value != null && parameter.group().equals("encoding") == own) {
        values.put(parameter.name(), value);
      }
    }
    return values;
  }
}
