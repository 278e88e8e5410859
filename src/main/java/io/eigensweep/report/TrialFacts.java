package io.eigensweep.report;

import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the report shows of a trial beyond what the statistics use.
 *
 * @param trialId the trial
 * @param spacedPoints points whose spacing λ_min shows: those of its lattice, or where it is of
 *     neighbours or of all, the training points; null where they are not in rows and columns
 * @param wallSeconds time of the whole trial
 * @param startedAt ISO 8601, UTC
 * @param finishedAt ISO 8601, UTC
 * @param made what computed it: versions and machine, in the order of {@link #PROVENANCE}
 */
public record TrialFacts(
    String trialId,
    @Nullable Integer spacedPoints,
    @Nullable Double wallSeconds,
    String startedAt,
    String finishedAt,
    List<String> made) {
  /** Columns that tell with what a row was computed. */
  public static final List<String> PROVENANCE =
      List.of("code_version", "git_commit", "numerics", "java_version", "blas", "cpu", "host");

  private static final List<String> MEASURED =
      List.of(
          "trial_id",
          "kernel_points",
          "training_points",
          "ntk_pattern",
          "width_px",
          "lambda_min_scope",
          "wall_seconds",
          "started_at",
          "finished_at");

  /** The columns of {@code trials} that {@link #of} asks for. */
  public static List<String> columns() {
    return java.util.stream.Stream.concat(MEASURED.stream(), PROVENANCE.stream()).toList();
  }

  /** The facts of the row whose column c is {@code values.apply(c)}. */
  public static TrialFacts of(Function<String, @Nullable Object> values) {
    return new TrialFacts(
        text(values, "trial_id"),
        spacedPoints(values),
        values.apply("wall_seconds") instanceof Number wall ? wall.doubleValue() : null,
        text(values, "started_at"),
        text(values, "finished_at"),
        PROVENANCE.stream().map(column -> text(values, column)).toList());
  }

  private static @Nullable Integer spacedPoints(Function<String, @Nullable Object> values) {
    Object scope = values.apply("lambda_min_scope");
    if (values.apply("width_px") == null || "random".equals(values.apply("ntk_pattern"))) {
      return null;
    }
    boolean sampled = scope == null || scope.equals(Names.of(Scope.SAMPLE));
    return values.apply(sampled ? "kernel_points" : "training_points") instanceof Number points
        ? points.intValue()
        : null;
  }

  private static String text(Function<String, @Nullable Object> values, String column) {
    return String.valueOf(values.apply(column));
  }
}
