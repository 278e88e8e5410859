package io.eigensweep.result;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
              NestedColumns.CURVE_COLUMN,
              KernelColumns.SPECTRA_COLUMN,
              KernelColumns.MODES_COLUMN));

  /** One row for each point of each learning curve. */
  public static final List<Field> CURVES = concat(List.of(trialId()), NestedColumns.CURVE_FIELDS);

  /** One row for each term at each checkpoint of each trial. */
  public static final List<Field> SPECTRA =
      concat(List.of(trialId()), KernelColumns.SPECTRUM_FIELDS);

  /** One row for each group of modes between two checkpoints of each trial. */
  public static final List<Field> MODES = concat(List.of(trialId()), KernelColumns.MODE_FIELDS);

  /** One row for each encoding and setting, over pictures and seeds. */
  public static final List<Field> COMPARISON = ComparisonFields.COMPARISON;

  /** The same for each grid resolution. */
  public static final List<Field> RESOLUTION = ComparisonFields.RESOLUTION;

  /** All flat tables by name, in the order of their making. */
  public static final Map<String, List<Field>> BY_NAME = byName();

  private Tables() {}

  private static Map<String, List<Field>> byName() {
    Map<String, List<Field>> tables = new LinkedHashMap<>();
    tables.put("trials", TRIALS.stream().map(Column::field).toList());
    tables.put("curves", CURVES);
    tables.put("spectra", SPECTRA);
    tables.put("modes", MODES);
    tables.put("comparison", COMPARISON);
    tables.put("resolution", RESOLUTION);
    return java.util.Collections.unmodifiableMap(tables);
  }

  private static List<Column> trials() {
    List<Column> columns = new ArrayList<>(FactColumns.FATE);
    Hyperparameters.ALL.forEach(parameter -> columns.add(hyperparameter(parameter)));
    columns.addAll(FactColumns.MEASURED);
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
          field.name(),
          Scalar.STRING,
          false,
          field.unit(),
          field.meaning() + ", or kind and index when generated",
          row -> row.result().trial().signal().id());
    }
    return new Column(field, row -> value(row, field.name()));
  }

  private static @Nullable Object value(Row row, String name) {
    return row.hyperparameters().get(name);
  }

  private static Field trialId() {
    return new Field("trial_id", Scalar.STRING, false, "", "the trial, see trials");
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
