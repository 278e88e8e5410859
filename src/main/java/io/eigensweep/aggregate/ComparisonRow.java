package io.eigensweep.aggregate;

import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.trial.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One encoding and setting over all its pictures and seeds.
 *
 * @param setting its name
 * @param encoding type of the encoding
 * @param hyperparameters the values of {@link Hyperparameters#SETTING}, absent where null
 * @param fates how many trials ended how; every status is a key
 * @param psnr PSNR in dB of the succeeded trials
 * @param ssim SSIM
 * @param msSsim MS-SSIM
 * @param surface quality of surfaces
 * @param lambdaMin smallest eigenvalue of the kernel
 * @param lambdaMinNoGrid the same without the grid term
 * @param weylSlack median of min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid)
 * @param schurBound median of the lower bound of λ_min from the grid's structure
 * @param identity against the identity encoding
 * @param fourier against the best fourier encoding
 * @param parameters trainable numbers, null when no trial was trained
 * @param parametersEncoding those of the encoding
 * @param trainSeconds time in training steps
 * @param ntkSeconds time in kernels
 * @param jpeg the JPEG files of as many bytes
 * @param symptoms what went wrong
 */
public record ComparisonRow(
    String setting,
    String encoding,
    Map<String, Object> hyperparameters,
    Map<Status, Integer> fates,
    Moments psnr,
    Moments ssim,
    Moments msSsim,
    SurfaceStatistics surface,
    Censored lambdaMin,
    Censored lambdaMinNoGrid,
    @Nullable Double weylSlack,
    @Nullable Double schurBound,
    Against identity,
    Against fourier,
    @Nullable Long parameters,
    @Nullable Long parametersEncoding,
    Moments trainSeconds,
    Moments ntkSeconds,
    JpegStatistics jpeg,
    Symptoms symptoms) {

  /** Committed trials. */
  public int trials() {
    return fates.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Succeeded trials. */
  public int n() {
    return count(Status.SUCCEEDED);
  }

  /** Trials that did not succeed. */
  public int failures() {
    return trials() - n();
  }

  /** The cells by column, in the order of {@link io.eigensweep.result.Tables#COMPARISON}. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("setting", setting);
    values.put("encoding", encoding);
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      values.put(parameter.name(), hyperparameters.get(parameter.name()));
    }
    values.put("trials", trials());
    values.put("n", n());
    values.put("failures", failures());
    values.put("diverged", count(Status.DIVERGED));
    values.put("timed_out", count(Status.TIMED_OUT));
    values.put("out_of_memory", count(Status.OUT_OF_MEMORY));
    values.put("failed", count(Status.FAILED));
    put(values, "psnr", psnr);
    put(values, "ssim", ssim);
    put(values, "ms_ssim", msSsim);
    put(values, "iou", surface.iou());
    put(values, "iou_near", surface.iouNear());
    put(values, "chamfer_l1", surface.chamferL1());
    put(values, "f_score", surface.fScore());
    put(values, "normal_consistency", surface.normalConsistency());
    put(values, "lambda_min", lambdaMin);
    put(values, "lambda_min_no_grid", lambdaMinNoGrid);
    values.put("weyl_slack_median", weylSlack);
    values.put("schur_bound_median", schurBound);
    put(values, "identity", identity);
    put(values, "fourier", fourier);
    values.put("parameters", parameters);
    values.put("parameters_encoding", parametersEncoding);
    values.put("parameter_bytes", parameterBytes());
    values.put("psnr_per_parameter_byte", psnrPerParameterByte());
    values.put("train_seconds_mean", trainSeconds.mean());
    values.put("ntk_seconds_mean", ntkSeconds.mean());
    put(values, "jpeg_psnr", jpeg.psnr());
    put(values, "jpeg_ms_ssim", jpeg.msSsim());
    jpeg.putInto(values);
    symptoms.putInto(values);
    return values;
  }

  /** Bytes of the trainable numbers, which are float32; null when no trial was trained. */
  public @Nullable Long parameterBytes() {
    return parameters == null ? null : parameters * Float.BYTES;
  }

  /** Mean PSNR in dB for each byte of trainable numbers, null without one of the two. */
  public @Nullable Double psnrPerParameterByte() {
    Long bytes = parameterBytes();
    return bytes == null || psnr.mean() == null ? null : psnr.mean() / bytes;
  }

  private int count(Status status) {
    return fates.getOrDefault(status, 0);
  }

  private static void put(Map<String, @Nullable Object> values, String name, Moments moments) {
    values.put(name + "_mean", moments.mean());
    values.put(name + "_sd", moments.sd());
    values.put(name + "_median", moments.median());
    values.put(name + "_n", moments.n());
  }

  private static void put(
      Map<String, @Nullable Object> values, String name, PairedDifference difference) {
    put(values, name, difference.moments());
    values.put(name + "_lower", difference.lower());
    values.put(name + "_upper", difference.upper());
  }

  private static void put(Map<String, @Nullable Object> values, String name, Censored median) {
    values.put(name + "_median", median.value());
    values.put(name + "_median_lower", median.lower());
    values.put(name + "_median_upper", median.upper());
    values.put(name + "_n", median.n());
    values.put(name + "_unresolved", median.unresolved());
  }

  private static void put(Map<String, @Nullable Object> values, String name, Against against) {
    values.put(name + "_setting", against.setting());
    put(values, "delta_psnr_vs_" + name, against.psnr());
    put(values, "delta_ssim_vs_" + name, against.ssim());
    put(values, "delta_ms_ssim_vs_" + name, against.msSsim());
    String orders = "orders_vs_" + name;
    values.put(orders, against.orders().value());
    values.put(orders + "_lower", against.orders().lower());
    values.put(orders + "_upper", against.orders().upper());
    values.put(orders + "_n", against.orders().n());
  }
}
