package io.eigensweep.aggregate;

import io.eigensweep.measure.Eigenvalue;
import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.RunMeasures;
import io.eigensweep.measure.SignalMeasures;
import io.eigensweep.result.Column;
import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.result.Row;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics need of a trial's row.
 *
 * @param trialId the trial
 * @param status how it ended
 * @param picture what it regressed
 * @param seed its seed
 * @param encoding type of its encoding
 * @param setting the values of {@link Hyperparameters#SETTING} by column, absent where null
 * @param measured the values of {@link #MEASURES} by column, absent where null
 */
public record TrialRow(
    String trialId,
    Status status,
    Picture picture,
    long seed,
    String encoding,
    Map<String, Object> setting,
    Map<String, Object> measured)
    implements EndedTrial {

  /** The quantities that a row keeps. */
  private static final Map<String, Measure<TrialResult, ?>> MEASURES = measures();

  private static final List<String> IDENTITY =
      List.of(
          "trial_id",
          "status",
          "signal_kind",
          "signal_class",
          "signal_id",
          "signal_sha256",
          "signal_size",
          "seed",
          "encoding");

  /**
   * Of which points a smallest eigenvalue is.
   *
   * @param scope what they are, see {@link io.eigensweep.ntk.Scope}
   * @param points how many
   * @param training how many points were trained on
   */
  public record Coverage(String scope, int points, int training) {}

  public TrialRow {
    setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
    measured = Map.copyOf(measured);
  }

  /** The columns of {@code trials} that {@link #of(Function)} asks for. */
  public static List<String> columns() {
    Set<String> columns = new LinkedHashSet<>(IDENTITY);
    columns.addAll(MEASURES.keySet());
    Hyperparameters.SETTING.stream().map(Hyperparameter::name).forEach(columns::add);
    return List.copyOf(columns);
  }

  /**
   * The row whose column c is {@code values.apply(c)}: a string, boolean or number, or null. So
   * {@code TrialRow.of(map::get)} for a map, {@code TrialRow.of(row::getAs)} for a Spark row.
   */
  public static TrialRow of(Function<String, @Nullable Object> values) {
    Map<String, Object> setting = new LinkedHashMap<>();
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      Object value = values.apply(parameter.name());
      if (value != null) {
        setting.put(parameter.name(), value);
      }
    }
    Map<String, Object> measured = new HashMap<>();
    for (Measure<TrialResult, ?> measure : MEASURES.values()) {
      Object value = measure.read(values.apply(measure.name()));
      if (value != null) {
        measured.put(measure.name(), value);
      }
    }
    return new TrialRow(
        required(values, "trial_id"),
        Status.valueOf(required(values, "status")),
        new Picture(
            required(values, "signal_kind"),
            text(values, "signal_class"),
            required(values, "signal_id"),
            values.apply("signal_size") instanceof Number size ? size.intValue() : null,
            text(values, "signal_sha256")),
        Long.parseLong(required(values, "seed")),
        required(values, "encoding"),
        setting,
        measured);
  }

  /** The row of {@code result}. */
  public static TrialRow of(TrialResult result) {
    Row row = Row.of(result, null);
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Column column : Tables.TRIALS) {
      values.put(column.name(), column.value().apply(row));
    }
    return of(values::get);
  }

  /**
   * The value of {@code measure}, null where it is not defined or was not reached.
   *
   * @throws IllegalArgumentException when rows do not keep it
   */
  public <T> @Nullable T get(Measure<TrialResult, T> measure) {
    if (!MEASURES.containsKey(measure.name())) {
      throw new IllegalArgumentException("a row does not keep " + measure.name());
    }
    return measure.type().cast(measured.get(measure.name()));
  }

  /**
   * The value of hyperparameter {@code column}, null where the trial has none.
   *
   * @throws IllegalArgumentException when there is no such hyperparameter
   */
  public @Nullable Object hyperparameter(String column) {
    return setting.get(Hyperparameters.named(column).name());
  }

  /** What is known of {@code eigenvalue}, a point where it is resolved; null without its kernel. */
  public @Nullable Interval interval(Eigenvalue eigenvalue) {
    return get(eigenvalue.resolved()) == null
        ? null
        : Interval.eigenvalue(
            get(eigenvalue.value()), get(eigenvalue.lower()), get(eigenvalue.upper()));
  }

  /** What is proved of {@code eigenvalue}: its bounds, also where it is resolved. */
  Interval proved(Eigenvalue eigenvalue) {
    return Interval.eigenvalue(null, get(eigenvalue.lower()), get(eigenvalue.upper()));
  }

  /** Whether there is a kernel at the last checkpoint. */
  public boolean hasKernel() {
    return get(KernelMeasures.EPOCH) != null && get(KernelMeasures.LAMBDA_MIN.resolved()) != null;
  }

  /**
   * What makes the kernel at initialisation, null where the kernel is a later one or none: the
   * seed, and what chooses its points. Those are the width and height of a picture; nothing of a
   * mesh, or, where they are drawn from those near its surface too, the mesh.
   */
  @Nullable String initialKernel() {
    Integer epoch = get(KernelMeasures.EPOCH);
    if (!hasKernel() || epoch == null || epoch > 0) {
      return null;
    }
    Integer width = get(SignalMeasures.WIDTH_PX);
    if (width == null && !"lattice".equals(hyperparameter("ntk_pattern"))) {
      return seed + " " + picture.id() + " " + picture.sha256();
    }
    return seed + " " + width + "x" + get(SignalMeasures.HEIGHT_PX);
  }

  /** Of which points λ_min is; null without a kernel and in rows of programs that did not say. */
  public @Nullable Coverage coverage() {
    String scope = get(KernelMeasures.SCOPE);
    Integer points = get(KernelMeasures.POINTS);
    Integer training = get(KernelMeasures.TRAINING_POINTS);
    return !hasKernel() || scope == null || points == null || training == null
        ? null
        : new Coverage(scope, points, training);
  }

  @Override
  public @Nullable String failureStage() {
    return get(RunMeasures.FAILURE_STAGE);
  }

  @Override
  public @Nullable String failureMessage() {
    return get(RunMeasures.FAILURE_MESSAGE);
  }

  @Override
  public @Nullable Boolean aboveLearningRateLimit() {
    return get(KernelMeasures.ABOVE_LEARNING_RATE_LIMIT);
  }

  private static Map<String, Measure<TrialResult, ?>> measures() {
    List<Measure<TrialResult, ?>> kept =
        new ArrayList<>(
            List.of(
                RunMeasures.FAILURE_STAGE,
                RunMeasures.FAILURE_MESSAGE,
                SignalMeasures.WIDTH_PX,
                SignalMeasures.HEIGHT_PX,
                KernelMeasures.EPOCH,
                KernelMeasures.TRAINING_POINTS,
                KernelMeasures.SCOPE,
                KernelMeasures.POINTS,
                KernelMeasures.ABOVE_LEARNING_RATE_LIMIT));
    for (Eigenvalue eigenvalue : Measures.EIGENVALUES) {
      kept.addAll(List.of(eigenvalue.lower(), eigenvalue.upper(), eigenvalue.resolved()));
    }
    kept.addAll(Measures.SUMMED);
    kept.addAll(Measures.PAIRED);
    Map<String, Measure<TrialResult, ?>> byName = new LinkedHashMap<>();
    kept.forEach(measure -> byName.put(measure.name(), measure));
    return Collections.unmodifiableMap(byName);
  }

  private static String required(Function<String, @Nullable Object> values, String column) {
    return Objects.requireNonNullElseGet(
        text(values, column),
        () -> {
          throw new IllegalArgumentException("a trial's row has no " + column);
        });
  }

  private static @Nullable String text(Function<String, @Nullable Object> values, String column) {
    Object value = values.apply(column);
    return value == null ? null : value.toString();
  }
}
