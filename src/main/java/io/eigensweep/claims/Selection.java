package io.eigensweep.claims;

import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a side.
 *
 * @param rows at least one
 * @param chosen the encoding that was chosen among several, null where there was no choice
 */
record Selection(List<ClaimRow> rows, @Nullable String chosen) {

  /** Those of {@code rows} that {@code side} selects. */
  static Selection of(Side side, List<ClaimRow> rows) throws UntestedException {
    List<ClaimRow> kept = new ArrayList<>(rows);
    side.where()
        .forEach(
            (column, selector) -> {
              if (selector instanceof Selector.AnyOf values) {
                kept.removeIf(row -> !values.has(row.setting(column)));
              }
            });
    side.where()
        .forEach(
            (column, selector) -> {
              if (selector instanceof Selector.Extreme extreme) {
                keepExtreme(kept, column, extreme);
              }
            });
    if (kept.isEmpty()) {
      throw new UntestedException(
          "no trial that succeeded has " + side + " (of " + rows.size() + ")");
    }
    return side.best() == null ? new Selection(kept, null) : best(kept, side, side.best());
  }

  private static void keepExtreme(List<ClaimRow> rows, String column, Selector.Extreme extreme) {
    double sign = extreme == Selector.Extreme.LEAST ? -1 : 1;
    double most = Double.NEGATIVE_INFINITY;
    for (ClaimRow row : rows) {
      if (row.setting(column) instanceof Number value) {
        most = Math.max(most, sign * value.doubleValue());
      }
    }
    double wanted = sign * most;
    rows.removeIf(
        row -> !(row.setting(column) instanceof Number value && value.doubleValue() == wanted));
  }

  private static Selection best(List<ClaimRow> rows, Side side, Quantity by)
      throws UntestedException {
    Map<String, List<ClaimRow>> encodings =
        rows.stream()
            .collect(Collectors.groupingBy(Selection::encoding, TreeMap::new, Collectors.toList()));
    String best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, List<ClaimRow>> encoding : encodings.entrySet()) {
      double mean =
          encoding.getValue().stream()
              .map(row -> row.numbers().get(by.column()))
              .filter(Objects::nonNull)
              .mapToDouble(value -> value)
              .average()
              .orElse(Double.NEGATIVE_INFINITY);
      if (mean > highest) {
        best = encoding.getKey();
        highest = mean;
      }
    }
    if (best == null) {
      throw new UntestedException(by + " has no value in the trials of " + side);
    }
    return new Selection(
        Objects.requireNonNull(encodings.get(best)),
        encodings.size() == 1 ? null : best + ", the best of " + encodings.size() + " by " + by);
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
