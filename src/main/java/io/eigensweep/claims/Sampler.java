package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import io.eigensweep.aggregate.Picture;
import io.eigensweep.settings.Names;
import io.eigensweep.trial.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the number of each picture from the rows of a study, as a claim's form says. */
final class Sampler {
  /** What rows must have in common to be put together. */
  private record Key(Picture picture, long seed, Map<String, Object> settings) {}

  /** A picture, whatever size it was resampled to. */
  private record Unit(String kind, @Nullable String label, String id) {
    static Unit of(Picture picture) {
      return new Unit(picture.kind(), picture.label(), picture.id());
    }
  }

  private record Cell(ClaimRow row, ClaimRow.Value value) {
    /** Everything that makes its setting. */
    Map<String, Object> setting() {
      Map<String, Object> all = new HashMap<>(row.trial().setting());
      all.put("encoding", row.trial().encoding());
      return all;
    }
  }

  private final Claim claim;
  private final Map<Unit, Map<Object, List<Interval>>> numbers = new LinkedHashMap<>();
  private final Set<Long> seeds = new HashSet<>();
  private final Set<String> trials = new HashSet<>();
  private final Set<Integer> points = new TreeSet<>();
  private final Set<String> chosen = new LinkedHashSet<>();
  private boolean otherPoints;

  private Sampler(Claim claim) {
    this.claim = claim;
  }

  /**
   * The numbers of {@code claim} in {@code rows}, which are of its study.
   *
   * @throws UntestedException when there are none
   */
  static Sample of(Claim claim, List<ClaimRow> rows) throws UntestedException {
    if (rows.stream().noneMatch(row -> row.trial().status() == Status.SUCCEEDED)) {
      throw new UntestedException("none of " + rows.size() + " trials has succeeded");
    }
    Sampler sampler = new Sampler(claim);
    if (claim.form() instanceof Form.Contrast contrast) {
      sampler.contrast(contrast, rows);
    } else if (claim.form() instanceof Form.Slope slope) {
      sampler.overAxis(slope.of(), slope.axis(), rows);
    } else if (claim.form() instanceof Form.Rank rank) {
      if (rank.axis() != null) {
        sampler.overAxis(rank.of(), rank.axis(), rows);
      } else {
        sampler.rank(rank.of(), Objects.requireNonNull(rank.with()), rows);
      }
    }
    long all = rows.stream().map(row -> Unit.of(row.trial().picture())).distinct().count();
    return sampler.sample((int) all);
  }

  private void contrast(Form.Contrast contrast, List<ClaimRow> rows) throws UntestedException {
    List<Form.Contrast.Part> parts = contrast.parts();
    Set<String> named = namedDifferently(contrast.sides());
    List<Map<Key, List<Cell>>> sides = new ArrayList<>();
    for (Form.Contrast.Part part : parts) {
      sides.add(cells(part.side(), rows, row -> without(Selection.rest(row), named)));
    }
    for (Key key : sides.get(0).keySet()) {
      if (sides.stream().allMatch(side -> side.containsKey(key))) {
        combine(parts, sides.stream().map(side -> side.getOrDefault(key, List.of())).toList());
      }
    }
  }

  /** Columns that trials need not have in common. */
  private static Set<String> namedDifferently(List<Side> sides) {
    Map<String, Selector> first = new HashMap<>();
    Set<String> differently = new HashSet<>();
    for (Side side : sides) {
      side.where()
          .forEach(
              (column, selector) -> {
                Selector other = first.putIfAbsent(column, selector);
                if (other != null && !other.equals(selector)) {
                  differently.add(column);
                }
              });
    }
    return differently;
  }

  /** Adds the differences of every choice of one cell from each side. */
  private void combine(List<Form.Contrast.Part> parts, List<List<Cell>> sides)
      throws UntestedException {
    List<List<Cell>> choices = List.of(List.of());
    for (List<Cell> side : sides) {
      List<List<Cell>> longer = new ArrayList<>();
      for (List<Cell> choice : choices) {
        for (Cell cell : side) {
          List<Cell> with = new ArrayList<>(choice);
          with.add(cell);
          longer.add(with);
        }
      }
      choices = longer;
    }
    for (List<Cell> choice : choices) {
      for (int i = 1; i < choice.size(); i++) {
        requireOther(parts.get(i - 1), choice.get(i - 1), parts.get(i), choice.get(i));
      }
      Interval sum = Interval.point(0);
      for (int i = 0; i < choice.size(); i++) {
        sum = plus(sum, scaled(choice.get(i).value().number()), parts.get(i).times());
      }
      add(choice, choice.stream().map(Cell::setting).toList(), sum);
    }
  }

  /** A number that is taken from itself is 0, whatever it is. */
  private static void requireOther(
      Form.Contrast.Part part, Cell cell, Form.Contrast.Part next, Cell other)
      throws UntestedException {
    boolean same =
        part.times() == -next.times()
            && cell.row().trial().trialId().equals(other.row().trial().trialId())
            && part.side().quantity().equals(next.side().quantity())
            && part.side().term().equals(next.side().term())
            && Objects.equals(cell.value().epoch(), other.value().epoch());
    if (same) {
      throw new UntestedException(
          part.side() + " and " + next.side() + " are the same number of the same trials");
    }
  }

  private void overAxis(Side side, String axis, List<ClaimRow> rows) throws UntestedException {
    Map<Key, List<Cell>> groups =
        cells(side, rows, row -> without(row.trial().setting(), Set.of(axis)));
    Map<Key, Map<Double, Cell>> series = new LinkedHashMap<>();
    Set<Double> all = new TreeSet<>();
    groups.forEach(
        (key, cells) -> {
          Map<Double, Cell> values = new TreeMap<>();
          for (Cell cell : cells) {
            if (cell.row().setting(axis) instanceof Number x) {
              values.put(x.doubleValue(), cell);
            }
          }
          all.addAll(values.keySet());
          series.put(key, values);
        });
    boolean slope = claim.form() instanceof Form.Slope;
    if (all.size() < 2 || (slope && all.iterator().next() <= 0)) {
      throw new UntestedException(
          "the trials of " + side + " have " + all.size() + " values of " + axis + " above 0");
    }
    series.forEach(
        (key, values) -> {
          if (!values.keySet().equals(all)) {
            return; // another line than the others'
          }
          List<Double> xs = List.copyOf(values.keySet());
          List<Cell> cells = List.copyOf(values.values());
          List<Interval> ys = cells.stream().map(cell -> scaled(cell.value().number())).toList();
          Interval number =
              slope ? slope(xs, ys) : Kendall.tau(xs.stream().map(Interval::point).toList(), ys);
          add(cells, key.settings(), number);
        });
  }

  private void rank(Side side, Quantity with, List<ClaimRow> rows) throws UntestedException {
    Side other = new Side(with, side.where(), side.term(), side.epoch(), null);
    Map<Key, List<Cell>> groups = cells(side, rows, row -> Map.of());
    Map<Key, Map<Object, Cell>> first = new LinkedHashMap<>();
    Set<Object> all = new HashSet<>();
    groups.forEach(
        (key, cells) -> {
          Map<Object, Cell> settings = new LinkedHashMap<>();
          for (Cell cell : cells) {
            if (cell.row().value(other, claim.scope()) != null) {
              settings.put(cell.setting(), cell);
            }
          }
          all.addAll(settings.keySet());
          first.put(key, settings);
        });
    if (all.size() < 3) {
      throw new UntestedException(
          "the trials of " + side + " have " + all.size() + " settings with both quantities, of 3");
    }
    first.forEach(
        (key, settings) -> {
          if (settings.keySet().equals(all)) {
            List<Cell> cells = new ArrayList<>();
            List<Interval> xs = new ArrayList<>();
            List<Interval> ys = new ArrayList<>();
            for (Cell cell : settings.values()) {
              ClaimRow.Value x = Objects.requireNonNull(cell.row().value(other, claim.scope()));
              cells.addAll(List.of(cell, new Cell(cell.row(), x)));
              xs.add(x.number());
              ys.add(cell.value().number());
            }
            add(cells, "all", Kendall.tau(xs, ys));
          }
        });
  }

  private interface Settings {
    Map<String, Object> of(ClaimRow row);
  }

  /** The values of {@code side} by picture, seed and {@code settings}. */
  private Map<Key, List<Cell>> cells(Side side, List<ClaimRow> rows, Settings settings)
      throws UntestedException {
    Selection selection = Selection.of(side, claim.form().sides(), rows);
    chosen.addAll(selection.chosen());
    Map<Key, List<Cell>> cells = new LinkedHashMap<>();
    for (ClaimRow row : selection.rows()) {
      ClaimRow.Value value = row.value(side, claim.scope());
      if (value != null && !(claim.orders() && value.number().upper() < 0)) {
        Key key = new Key(row.trial().picture(), row.trial().seed(), settings.of(row));
        cells.computeIfAbsent(key, one -> new ArrayList<>()).add(new Cell(row, value));
      }
    }
    if (cells.isEmpty()) {
      throw new UntestedException(
          side.quantity()
              + (claim.scope() != null && side.quantity().hasScope()
                  ? " of scope " + Names.of(claim.scope())
                  : "")
              + " has no value in the "
              + selection.rows().size()
              + " trials of "
              + side);
    }
    return cells;
  }

  private static Map<String, Object> without(Map<String, Object> settings, Set<String> columns) {
    Map<String, Object> kept = new HashMap<>(settings);
    kept.keySet().removeAll(columns);
    return kept;
  }

  /** An exact 0 has no order of magnitude: it is below that of every number. */
  private Interval scaled(Interval number) {
    return claim.orders()
        ? new Interval(
            Math.log10(Math.max(0, number.lower())),
            Math.log10(Math.max(Double.MIN_VALUE, number.upper())))
        : number;
  }

  /** {@code sum} + {@code times}·{@code number}; where infinities meet, nothing is known. */
  private static Interval plus(Interval sum, Interval number, double times) {
    double low = sum.lower() + times * (times < 0 ? number.upper() : number.lower());
    double high = sum.upper() + times * (times < 0 ? number.lower() : number.upper());
    return known(low, high);
  }

  private static Interval known(double low, double high) {
    return new Interval(
        Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low,
        Double.isNaN(high) ? Double.POSITIVE_INFINITY : high);
  }

  private static Interval slope(List<Double> axis, List<Interval> ys) {
    double[] xs = axis.stream().mapToDouble(x -> Math.log(x) / Math.log(2)).toArray();
    double mean = Arrays.stream(xs).average().orElseThrow();
    double squares = Arrays.stream(xs).map(x -> (x - mean) * (x - mean)).sum();
    Interval slope = Interval.point(0);
    for (int i = 0; i < xs.length; i++) {
      double weight = (xs[i] - mean) / squares;
      if (weight != 0) { // 0·∞ would tell nothing
        slope = plus(slope, ys.get(i), weight);
      }
    }
    return slope;
  }

  private void add(List<Cell> cells, Object setting, Interval number) {
    Set<Integer> of =
        cells.stream()
            .map(cell -> cell.value().points())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (of.size() > 1) {
      otherPoints = true;
      return;
    }
    points.addAll(of);
    for (Cell cell : cells) {
      seeds.add(cell.row().trial().seed());
      trials.add(cell.row().trial().trialId());
    }
    numbers
        .computeIfAbsent(
            Unit.of(cells.get(0).row().trial().picture()), unit -> new LinkedHashMap<>())
        .computeIfAbsent(setting, one -> new ArrayList<>())
        .add(number);
  }

  /**
   * What has been added.
   *
   * @param all how many pictures the study has
   */
  private Sample sample(int all) throws UntestedException {
    if (numbers.isEmpty()) {
      throw new UntestedException(
          otherPoints
              ? "its kernels are of different numbers of points"
              : "no picture and seed has all that it compares, at equal other settings");
    }
    Set<Object> settings =
        numbers.values().stream().flatMap(one -> one.keySet().stream()).collect(Collectors.toSet());
    List<Interval> pictures = new ArrayList<>();
    for (Map<Object, List<Interval>> one : numbers.values()) {
      if (one.size() == settings.size()) {
        pictures.add(across(one.values().stream().map(Sampler::mean).toList()));
      }
    }
    if (pictures.isEmpty()) {
      throw new UntestedException("no picture has all of " + settings.size() + " settings");
    }
    return new Sample(
        pictures,
        all - pictures.size(),
        seeds.size(),
        settings.size(),
        trials.size(),
        points.isEmpty()
            ? null
            : points.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        chosen.isEmpty() ? null : String.join("; ", chosen));
  }

  private Interval across(List<Interval> settings) {
    return switch (claim.across()) {
      case MEAN -> mean(settings);
      case LEAST ->
          new Interval(
              settings.stream().mapToDouble(Interval::lower).min().orElseThrow(),
              settings.stream().mapToDouble(Interval::upper).min().orElseThrow());
      case LARGEST ->
          new Interval(
              settings.stream().mapToDouble(Interval::lower).max().orElseThrow(),
              settings.stream().mapToDouble(Interval::upper).max().orElseThrow());
    };
  }

  private static Interval mean(Collection<Interval> numbers) {
    return known(
        numbers.stream().mapToDouble(Interval::lower).sum() / numbers.size(),
        numbers.stream().mapToDouble(Interval::upper).sum() / numbers.size());
  }
}
