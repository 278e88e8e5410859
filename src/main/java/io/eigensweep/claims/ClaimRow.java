package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What claims need of a trial's row.
 *
 * @param trial who it is, its fate and its setting
 * @param numbers the quantities of the trial by column, absent where null
 * @param nested what it has several of, by the name of the list; without lists of their own
 */
public record ClaimRow(
    TrialRow trial,
    Map<String, Double> numbers,
    Map<String, List<Map<String, @Nullable Object>>> nested) {

  /**
   * What is known of a number.
   *
   * @param number the number, or its bounds
   * @param points how many points the kernel has that it is of, null where it is of none
   * @param epoch when the row has it, null for what it has once
   */
  record Value(Interval number, @Nullable Integer points, @Nullable Integer epoch) {}

  public ClaimRow {
    numbers = Map.copyOf(numbers);
    nested = Map.copyOf(nested);
  }

  /** The columns of a row file that {@link #of} asks for. */
  public static Set<String> columns(Collection<Claim> claims) {
    Set<String> columns = new HashSet<>(TrialRow.columns());
    for (Quantity quantity : quantities(claims)) {
      columns.add(
          quantity.table() == Quantity.Table.TRIALS
              ? quantity.column()
              : quantity.table().nested());
    }
    return columns;
  }

  /** The row whose column c is {@code values.apply(c)}, as far as {@code claims} need it. */
  public static ClaimRow of(Function<String, @Nullable Object> values, Collection<Claim> claims) {
    Map<String, Double> numbers = new HashMap<>();
    Map<String, List<Map<String, @Nullable Object>>> nested = new HashMap<>();
    for (Quantity quantity : quantities(claims)) {
      if (quantity.table() == Quantity.Table.TRIALS) {
        Double number = number(values.apply(quantity.column()));
        if (number != null) {
          numbers.put(quantity.column(), number);
        }
      } else {
        String name = quantity.table().nested();
        nested.computeIfAbsent(name, list -> entries(values.apply(list)));
      }
    }
    return new ClaimRow(TrialRow.of(values), numbers, nested);
  }

  private static Set<Quantity> quantities(Collection<Claim> claims) {
    Set<Quantity> quantities = new HashSet<>();
    for (Claim claim : claims) {
      for (Side side : claim.form().sides()) {
        quantities.add(side.quantity());
        if (side.best() != null) {
          quantities.add(side.best());
        }
      }
      if (claim.form() instanceof Form.Rank rank && rank.with() != null) {
        quantities.add(rank.with());
      }
    }
    return quantities;
  }

  private static List<Map<String, @Nullable Object>> entries(@Nullable Object list) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    if (list instanceof List<?> structs) {
      for (Object struct : structs) {
        Map<String, @Nullable Object> entry = new HashMap<>();
        if (struct instanceof Map<?, ?> map) {
          map.forEach(
              (key, value) -> {
                // All eigenvalues of a large sweep would fill the memory.
                if (!(value instanceof List<?>)) {
                  entry.put(String.valueOf(key), value);
                }
              });
        }
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The value of hyperparameter {@code column}, {@code encoding} included; null for none. */
  @Nullable Object setting(String column) {
    return column.equals("encoding") ? trial.encoding() : trial.hyperparameter(column);
  }

  /**
   * What is known of the number that {@code side} names; null where the row has none.
   *
   * @param scope of which points, for kernels
   */
  @Nullable Value value(Side side, @Nullable Scope scope) {
    Quantity quantity = side.quantity();
    if (quantity.table() == Quantity.Table.TRIALS) {
      Double number = numbers.get(quantity.column());
      return number == null ? null : new Value(Interval.point(number), null, null);
    }
    List<Map<String, @Nullable Object>> entries =
        nested.getOrDefault(quantity.table().nested(), List.of());
    int epoch = epoch(side.epoch(), entries);
    List<Map<String, @Nullable Object>> there =
        entries.stream()
            .filter(entry -> entry.get("epoch") instanceof Number at && at.intValue() == epoch)
            .toList();
    return switch (quantity.table()) {
      case SPECTRA -> spectrum(there, epoch, side, scope);
      case MODES -> energy(there, epoch, quantity.column());
      default -> there.isEmpty() ? null : point(there.get(0).get(quantity.column()), null, epoch);
    };
  }

  private int epoch(Checkpoint checkpoint, List<Map<String, @Nullable Object>> entries) {
    if (checkpoint.equals(Side.LAST)) {
      return entries.stream()
          .mapToInt(entry -> entry.get("epoch") instanceof Number at ? at.intValue() : -1)
          .max()
          .orElse(-1);
    }
    int epochs = setting("epochs") instanceof Number all ? all.intValue() : 0;
    try {
      return checkpoint.epoch(epochs);
    } catch (IllegalArgumentException e) {
      return -1; // beyond this training
    }
  }

  private @Nullable Value spectrum(
      List<Map<String, @Nullable Object>> entries, int epoch, Side side, @Nullable Scope scope) {
    for (Map<String, @Nullable Object> entry : entries) {
      // Programs that knew one scope wrote none.
      Object of = Objects.requireNonNullElse(entry.get("scope"), Names.of(Scope.SAMPLE));
      if (side.term().equals(entry.get("term"))
          && of.equals(Names.of(Objects.requireNonNull(scope)))) {
        Integer points = entry.get("points") instanceof Number n ? n.intValue() : null;
        String column = side.quantity().column();
        return column.equals(Quantity.LAMBDA_MIN)
            ? bounds(entry, points, epoch)
            : column.equals(Quantity.WEYL_SLACK) && entry.get(column) == null
                ? openSlack(side.term(), points, epoch)
                : point(entry.get(column), points, epoch);
      }
    }
    return null;
  }

  /**
   * What is proved; the value that rows give of a resolved one lies somewhere between. A kernel is
   * positive semidefinite, whatever else is known.
   */
  private static Value bounds(
      Map<String, @Nullable Object> entry, @Nullable Integer points, int epoch) {
    Double lower = number(entry.get("lambda_min_lower"));
    Double upper = number(entry.get("lambda_min_upper"));
    double low = lower == null ? 0 : Math.max(0, lower);
    double high = upper == null ? Double.POSITIVE_INFINITY : upper;
    return new Value(new Interval(low, high > low ? high : Math.nextUp(low)), points, epoch);
  }

  /**
   * A slack that rounding leaves open is no missing one: rows give it where it is clearly above 0,
   * and those alone would prove that it always is. Weyl's theorem has it at least 0.
   */
  private @Nullable Value openSlack(String term, @Nullable Integer points, int epoch) {
    boolean hasGrid = setting("resolution") != null && term.equals(Side.TOTAL);
    return hasGrid ? new Value(new Interval(0, Double.POSITIVE_INFINITY), points, epoch) : null;
  }

  private static @Nullable Value energy(
      List<Map<String, @Nullable Object>> entries, int epoch, String column) {
    double sum = 0;
    int groups = 0;
    for (Map<String, @Nullable Object> entry : entries) {
      if ("eigen".equals(entry.get("basis"))) {
        Double energy = number(entry.get(column));
        if (energy == null) {
          return null;
        }
        sum += energy;
        groups++;
      }
    }
    return groups == 0 ? null : new Value(Interval.point(sum), null, epoch);
  }

  private static @Nullable Value point(
      @Nullable Object value, @Nullable Integer points, int epoch) {
    Double number = number(value);
    return number == null ? null : new Value(Interval.point(number), points, epoch);
  }

  private static @Nullable Double number(@Nullable Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue())
        ? (Double) number.doubleValue()
        : null;
  }
}
