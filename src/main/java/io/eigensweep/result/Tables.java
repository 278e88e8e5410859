package io.eigensweep.result;

import io.eigensweep.measure.ColumnType.ListOf;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.ColumnType.Struct;
import io.eigensweep.measure.Field;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.SpectrumMeasures;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables: which columns they have, in their order. */
public final class Tables {
  /** The flat columns of a trial: its fate, every hyperparameter, and what was measured. */
  public static final List<Column> TRIALS = trials();

  /**
   * What a row file holds: {@link #TRIALS}, then the nested {@code curve}, {@code spectra} and
   * {@code modes}.
   */
  public static final List<Column> ROW =
      concat(
          TRIALS,
          List.of(
              nested(
                  "curve",
                  "learning curve; NULL when training was not reached",
                  SpectrumMeasures.CURVE,
                  result -> result.training() == null ? null : result.training().curve()),
              nested(
                  "spectra",
                  "spectra of every term at every checkpoint; NULL when no kernel was computed",
                  SpectrumMeasures.SPECTRUM,
                  result -> result.kernel() == null ? null : result.kernel().spectra()),
              nested(
                  "modes",
                  "residual energy by mode between checkpoints; NULL when no kernel was computed",
                  SpectrumMeasures.MODE,
                  result -> result.kernel() == null ? null : result.kernel().modes())));

  /** One row for each encoding and setting, over pictures and seeds. */
  public static final List<Field> COMPARISON = ComparisonFields.comparison();

  /** One row for each grid resolution of each setting. */
  public static final List<Field> RESOLUTION = ComparisonFields.resolution();

  /** All flat tables by name, in the order of their making. */
  public static final Map<String, List<Field>> BY_NAME = byName();

  private Tables() {}

  /** The list in a row whose entries are the rows of {@code table}; empty for other tables. */
  public static Optional<String> listOf(String table) {
    return switch (table) {
      case "curves" -> Optional.of("curve");
      case "spectra", "modes" -> Optional.of(table);
      default -> Optional.empty();
    };
  }

  private static Map<String, List<Field>> byName() {
    Map<String, List<Field>> tables = new LinkedHashMap<>();
    tables.put("trials", TRIALS.stream().map(Column::field).toList());
    tables.put("curves", ofTrials(SpectrumMeasures.CURVE));
    tables.put("spectra", ofTrials(SpectrumMeasures.SPECTRUM));
    tables.put("modes", ofTrials(SpectrumMeasures.MODE));
    tables.put("comparison", COMPARISON);
    tables.put("resolution", RESOLUTION);
    return java.util.Collections.unmodifiableMap(tables);
  }

  private static List<Column> trials() {
    List<Column> columns = new ArrayList<>();
    Measures.FATE.forEach(measure -> columns.add(Column.of(measure)));
    columns.add(
        1,
        new Column(
            new Field("job", Scalar.STRING, true, "", "name of the job that ran the trial"),
            Row::job));
    Hyperparameters.ALL.forEach(parameter -> columns.add(hyperparameter(parameter)));
    Measures.MEASURED.forEach(measure -> columns.add(Column.of(measure)));
    Map<String, Long> counts =
        columns.stream().collect(Collectors.groupingBy(Column::name, Collectors.counting()));
    counts.values().removeIf(count -> count == 1);
    if (!counts.isEmpty()) {
      throw new IllegalStateException("columns defined more than once: " + counts.keySet());
    }
    return List.copyOf(columns);
  }

  private static Column hyperparameter(Hyperparameter parameter) {
    Field field = parameter.field();
    if (field.name().equals("signal_id")) {
      return new Column(
          new Field(
              field.name(),
              Scalar.STRING,
              false,
              field.unit(),
              field.meaning() + ", or kind and index when generated"),
          row -> row.result().trial().signal().id());
    }
    return new Column(field, row -> row.hyperparameters().get(field.name()));
  }

  /** A column with a list of what a trial has several of, one struct for each. */
  private static <S> Column nested(
      String name,
      String meaning,
      List<Measure<S, ?>> parts,
      Function<TrialResult, @Nullable List<S>> entries) {
    Struct struct = new Struct(parts.stream().map(Measure::field).toList());
    return new Column(
        new Field(name, new ListOf(struct), true, "", meaning),
        row -> {
          List<S> reached = entries.apply(row.result());
          return reached == null ? null : structs(reached, parts);
        });
  }

  private static <S> List<List<@Nullable Object>> structs(
      List<S> entries, List<Measure<S, ?>> parts) {
    List<List<@Nullable Object>> structs = new ArrayList<>(entries.size());
    for (S entry : entries) {
      List<@Nullable Object> values = new ArrayList<>(parts.size());
      for (Measure<S, ?> part : parts) {
        values.add(part.value().apply(entry));
      }
      structs.add(values);
    }
    return structs;
  }

  /** A row for each of what a trial has several of. */
  private static <S> List<Field> ofTrials(List<Measure<S, ?>> parts) {
    return concat(
        List.of(new Field("trial_id", Scalar.STRING, false, "", "the trial, see trials")),
        parts.stream().map(Measure::field).toList());
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
