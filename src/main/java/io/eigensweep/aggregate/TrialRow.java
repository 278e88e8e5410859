package io.eigensweep.aggregate;

import io.eigensweep.result.Column;
import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.result.Row;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics need of a trial's row.
 *
 * @param trialId the trial
 * @param status how it ended
 * @param failureStage the stage that did not succeed
 * @param failureMessage why
 * @param picture what it regressed
 * @param seed its seed
 * @param encoding type of its encoding
 * @param setting the values of {@link Hyperparameters#SETTING} by column, absent where null
 * @param quality PSNR, SSIM and MS-SSIM
 * @param kernel its last kernel, null without one
 * @param parameters trainable numbers
 * @param parametersEncoding trainable numbers of the encoding
 * @param aboveLearningRateLimit whether its learning rate was above what descent bears, null where
 *     that is not known
 * @param symptoms what went wrong
 * @param jpeg the JPEG file of as many bytes, null where there is none to compare with
 * @param trainSeconds time in training steps
 * @param ntkSeconds time in kernels
 */
public record TrialRow(
    String trialId,
    Status status,
    @Nullable String failureStage,
    @Nullable String failureMessage,
    Picture picture,
    long seed,
    String encoding,
    Map<String, Object> setting,
    Quality quality,
    @Nullable Kernel kernel,
    @Nullable Long parameters,
    @Nullable Long parametersEncoding,
    @Nullable Boolean aboveLearningRateLimit,
    Symptoms.OfTrial symptoms,
    JpegStatistics.@Nullable OfTrial jpeg,
    @Nullable Double trainSeconds,
    @Nullable Double ntkSeconds)
    implements Fate {

  /** The quality of a reconstruction; each value is null where it is not defined. */
  public record Quality(
      @Nullable Double psnr,
      @Nullable Double ssim,
      @Nullable Double msSsim,
      SurfaceStatistics.OfTrial surface) {}

  /**
   * The smallest eigenvalues of the kernel at the last checkpoint.
   *
   * @param epoch of the checkpoint
   * @param points what chooses the points besides the seed: the width and height of a picture;
   *     nothing of a mesh, or, where they are drawn from those near it too, the mesh
   * @param lambdaMin of the kernel, a point where it is resolved
   * @param proved bounds of the same
   * @param lambdaMinNoGrid of the kernel without its grid term, null where there is no grid
   * @param weylSlack what Weyl's inequality leaves, null where there is no grid
   * @param schurBound lower bound of λ_min from the grid's structure, null where there is none
   * @param coverage of which points λ_min is; null in rows of programs that did not say
   */
  public record Kernel(
      int epoch,
      String points,
      Interval lambdaMin,
      Interval proved,
      @Nullable Interval lambdaMinNoGrid,
      @Nullable Double weylSlack,
      @Nullable Double schurBound,
      @Nullable Coverage coverage) {}

  /**
   * Of which points a smallest eigenvalue is.
   *
   * @param scope what they are, see {@link io.eigensweep.ntk.Scope}
   * @param points how many
   * @param training how many points were trained on
   */
  public record Coverage(String scope, int points, int training) {}

  private static final List<String> FACTS =
      List.of(
          "trial_id",
          "status",
          "failure_stage",
          "failure_message",
          "signal_kind",
          "signal_class",
          "signal_id",
          "signal_sha256",
          "width_px",
          "height_px",
          "seed",
          "encoding",
          "psnr",
          "ssim",
          "ms_ssim",
          "iou",
          "iou_near",
          "chamfer_l1",
          "f_score",
          "normal_consistency",
          "kernel_epoch",
          "training_points",
          "lambda_min_scope",
          "lambda_min_points",
          "lambda_min",
          "lambda_min_lower",
          "lambda_min_upper",
          "lambda_min_resolved",
          "lambda_min_no_grid",
          "lambda_min_no_grid_lower",
          "lambda_min_no_grid_upper",
          "lambda_min_no_grid_resolved",
          "weyl_slack",
          "schur_bound",
          "parameters",
          "parameters_encoding",
          "above_learning_rate_limit",
          "jpeg_fit",
          "jpeg_psnr",
          "jpeg_ms_ssim",
          "train_seconds",
          "ntk_seconds");

  /** The columns of {@code trials} that {@link #of(Function)} asks for. */
  public static List<String> columns() {
    List<String> columns = new ArrayList<>(FACTS);
    columns.addAll(Symptoms.OfTrial.COLUMNS);
    Hyperparameters.SETTING.stream().map(Hyperparameter::name).forEach(columns::add);
    return List.copyOf(columns);
  }

  /**
   * The row whose column c is {@code values.apply(c)}: a string, boolean or number, or null. So
   * {@code TrialRow.of(map::get)} for a map, {@code TrialRow.of(row::getAs)} for a Spark row.
   */
  public static TrialRow of(Function<String, @Nullable Object> values) {
    Values row = new Values(values);
    Map<String, Object> setting = new LinkedHashMap<>();
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      Object value = values.apply(parameter.name());
      if (value != null) {
        setting.put(parameter.name(), value);
      }
    }
    return new TrialRow(
        row.required("trial_id"),
        Status.valueOf(row.required("status")),
        row.text("failure_stage"),
        row.text("failure_message"),
        new Picture(
            row.required("signal_kind"),
            row.text("signal_class"),
            row.required("signal_id"),
            row.whole("signal_size"),
            row.text("signal_sha256")),
        Long.parseLong(row.required("seed")),
        row.required("encoding"),
        setting,
        new Quality(row.real("psnr"), row.real("ssim"), row.real("ms_ssim"), surface(row)),
        kernel(row),
        row.large("parameters"),
        row.large("parameters_encoding"),
        values.apply("above_learning_rate_limit") instanceof Boolean above ? above : null,
        Symptoms.OfTrial.of(row.text("failure_signatures"), row::real),
        jpeg(row),
        row.real("train_seconds"),
        row.real("ntk_seconds"));
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

  private static SurfaceStatistics.OfTrial surface(Values row) {
    return new SurfaceStatistics.OfTrial(
        row.real("iou"),
        row.real("iou_near"),
        row.real("chamfer_l1"),
        row.real("f_score"),
        row.real("normal_consistency"));
  }

  private static JpegStatistics.@Nullable OfTrial jpeg(Values row) {
    String fit = row.text("jpeg_fit");
    return fit == null
        ? null
        : new JpegStatistics.OfTrial(fit, row.real("jpeg_psnr"), row.real("jpeg_ms_ssim"));
  }

  private static @Nullable Kernel kernel(Values row) {
    Integer epoch = row.whole("kernel_epoch");
    Interval lambdaMin = interval(row, "lambda_min");
    if (epoch == null || lambdaMin == null) {
      return null;
    }
    String points = row.text("width_px") + "x" + row.text("height_px");
    if (row.text("width_px") == null && !"lattice".equals(row.text("ntk_pattern"))) {
      points = row.text("signal_id") + " " + row.text("signal_sha256"); // some near its surface
    }
    return new Kernel(
        epoch,
        points,
        lambdaMin,
        Interval.eigenvalue(null, row.real("lambda_min_lower"), row.real("lambda_min_upper")),
        interval(row, "lambda_min_no_grid"),
        row.real("weyl_slack"),
        row.real("schur_bound"),
        coverage(row));
  }

  private static @Nullable Coverage coverage(Values row) {
    String scope = row.text("lambda_min_scope");
    Integer points = row.whole("lambda_min_points");
    Integer training = row.whole("training_points");
    return scope == null || points == null || training == null
        ? null
        : new Coverage(scope, points, training);
  }

  private static @Nullable Interval interval(Values row, String name) {
    return row.text(name + "_resolved") == null
        ? null
        : Interval.eigenvalue(row.real(name), row.real(name + "_lower"), row.real(name + "_upper"));
  }

  private record Values(Function<String, @Nullable Object> values) {
    @Nullable String text(String column) {
      Object value = values.apply(column);
      return value == null ? null : value.toString();
    }

    String required(String column) {
      String value = text(column);
      if (value == null) {
        throw new IllegalArgumentException("a trial's row has no " + column);
      }
      return value;
    }

    @Nullable Integer whole(String column) {
      return values.apply(column) instanceof Number number ? number.intValue() : null;
    }

    @Nullable Long large(String column) {
      return values.apply(column) instanceof Number number ? number.longValue() : null;
    }

    /** The number in {@code column}, null when there is none or it is not finite. */
    @Nullable Double real(String column) {
      return values.apply(column) instanceof Number number && Double.isFinite(number.doubleValue())
          ? number.doubleValue()
          : null;
    }
  }
}
