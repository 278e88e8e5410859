package io.eigensweep.aggregate;

import io.eigensweep.measure.Eigenvalue;
import io.eigensweep.measure.Field;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.Summary;
import io.eigensweep.measure.Summary.Population;
import io.eigensweep.trial.TrialResult;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every measured quantity over the trials of a setting, summed up as its {@link Summary} says.
 * Whoever asks for a quantity that is not summed up so has made a mistake, which is thrown.
 */
public final class Statistics {
  private final Map<String, Object> statistics = new HashMap<>();
  private final Map<String, @Nullable Object> cells = new LinkedHashMap<>();

  /** Those of {@code group}. */
  Statistics(Group group) {
    Map<Population, List<TrialRow>> rows = new EnumMap<>(Population.class);
    for (Measure<TrialResult, ?> measure : Measures.SUMMED) {
      Summary summary = Objects.requireNonNull(measure.summary());
      List<@Nullable Object> values =
          values(measure, summary, rows.computeIfAbsent(summary.population(), group::rows));
      List<Field> fields = measure.summaryFields();
      for (int i = 0; i < fields.size(); i++) {
        cells.put(fields.get(i).name(), values.get(i));
      }
    }
  }

  /** Sums {@code measure} up over {@code rows}: the cells of its columns. */
  private List<@Nullable Object> values(
      Measure<TrialResult, ?> measure, Summary summary, List<TrialRow> rows) {
    if (summary instanceof Summary.Censored) {
      Eigenvalue eigenvalue = Measures.eigenvalue(measure.name());
      Censored median =
          Censored.median(
              rows.stream().map(row -> row.interval(eigenvalue)).filter(Objects::nonNull).toList());
      statistics.put(measure.name(), median);
      return Arrays.asList(
          median.value(), median.lower(), median.upper(), median.n(), median.unresolved());
    }
    List<?> known = rows.stream().map(row -> row.get(measure)).filter(Objects::nonNull).toList();
    if (summary instanceof Summary.Counts counts) {
      Map<String, Integer> found = new HashMap<>();
      known.forEach(
          text ->
              Stream.of(text.toString().split(","))
                  .forEach(one -> found.merge(one, 1, Integer::sum)));
      return counts.names().stream()
          .<@Nullable Object>map(name -> found.getOrDefault(name.name(), 0))
          .toList();
    }
    if (summary instanceof Summary.Largest) {
      return Collections.singletonList(
          known.stream().map(Long.class::cast).max(Long::compare).orElse(null));
    }
    Moments moments = Moments.of(known.stream().map(Double.class::cast).toList());
    statistics.put(measure.name(), moments);
    if (summary instanceof Summary.Median) {
      return Collections.singletonList(moments.median());
    }
    return summary instanceof Summary.Mean
        ? Collections.singletonList(moments.mean())
        : Arrays.asList(moments.mean(), moments.sd(), moments.median(), moments.n());
  }

  /** Mean, deviation, median and count of {@code measure}. */
  public Moments moments(Measure<TrialResult, Double> measure) {
    return (Moments) statistic(measure.name());
  }

  /** The median of {@code eigenvalue}. */
  public Censored median(Eigenvalue eigenvalue) {
    return (Censored) statistic(eigenvalue.value().name());
  }

  /** The largest value of {@code measure}, null when no trial has one. */
  public @Nullable Long largest(Measure<TrialResult, Long> measure) {
    return (Long) cell(measure.name());
  }

  /** The number in a column of counts. */
  public int count(String column) {
    return (Integer) Objects.requireNonNull(cell(column));
  }

  /** The cells by column, in their order. */
  Map<String, @Nullable Object> cells() {
    return Collections.unmodifiableMap(cells);
  }

  private Object statistic(String name) {
    Object statistic = statistics.get(name);
    if (statistic == null) {
      throw new IllegalArgumentException("no statistic of " + name + "; there are: " + statistics);
    }
    return statistic;
  }

  private @Nullable Object cell(String column) {
    if (!cells.containsKey(column)) {
      throw new IllegalArgumentException("no statistic " + column + "; there are: " + cells);
    }
    return cells.get(column);
  }
}
