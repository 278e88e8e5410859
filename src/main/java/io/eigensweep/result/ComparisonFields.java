package io.eigensweep.result;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.FailureSignature;
import io.eigensweep.measure.Field;
import io.eigensweep.spec.Names;
import java.util.ArrayList;
import java.util.List;

/** The columns of the comparison tables; {@code aggregate} gives their values. */
final class ComparisonFields {
  static final List<Field> COMPARISON = comparison();
  static final List<Field> RESOLUTION = resolution();

  private ComparisonFields() {}

  private static List<Field> comparison() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        text("setting", false, "encoding and every hyperparameter that varies in the sweep"));
    fields.add(text("encoding", false, "the input encoding"));
    Hyperparameters.SETTING.forEach(parameter -> fields.add(parameter.field()));
    statistics(fields);
    return List.copyOf(fields);
  }

  private static List<Field> resolution() {
    List<Field> fields = new ArrayList<>();
    fields.add(text("setting", false, "encoding and what varies in the sweep but the resolution"));
    Field resolution = named("resolution");
    fields.add(
        new Field(
            resolution.name(), resolution.type(), false, resolution.unit(), resolution.meaning()));
    COMPARISON.stream()
        .filter(field -> !field.name().equals("setting") && !field.name().equals("resolution"))
        .forEach(fields::add);
    return List.copyOf(fields);
  }

  private static Field named(String name) {
    return COMPARISON.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no column " + name));
  }

  private static void statistics(List<Field> fields) {
    fields.add(count("trials", "committed trials"));
    fields.add(count("n", "succeeded trials; the statistics are over these"));
    fields.add(count("failures", "trials that did not succeed"));
    fields.add(count("diverged", "trials with status DIVERGED"));
    fields.add(count("timed_out", "trials with status TIMED_OUT"));
    fields.add(count("out_of_memory", "trials with status OUT_OF_MEMORY"));
    fields.add(count("failed", "trials with status FAILED"));
    moments(fields, "psnr", "dB", "PSNR");
    moments(fields, "ssim", "", "SSIM");
    moments(fields, "ms_ssim", "", "MS-SSIM");
    moments(fields, "iou", "", "overlap of the insides on held-out points of the cube");
    moments(fields, "iou_near", "", "overlap of the insides on held-out points near the surface");
    moments(fields, "chamfer_l1", "cube sides", "Chamfer-L1 distance of the surfaces");
    moments(fields, "f_score", "", "F-score of the surfaces at 1 % of the cube's side");
    moments(fields, "normal_consistency", "", "normal consistency of the surfaces");
    censored(fields, "lambda_min", "smallest eigenvalue of the kernel");
    censored(
        fields, "lambda_min_no_grid", "smallest eigenvalue of the kernel without its grid term");
    fields.add(
        real(
            "weyl_slack_median",
            "",
            "median of min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid), of those that are known;"
                + " NULL where there is none"));
    fields.add(
        real(
            "schur_bound_median",
            "",
            "median of the lower bound of λ_min from the grid's structure; NULL where there is"
                + " none"));
    against(fields, "identity", "identity encoding");
    against(fields, "fourier", "best fourier encoding");
    fields.add(
        new Field(
            "parameters",
            Scalar.BIGINT,
            true,
            "",
            "trainable numbers, those of the encoding included"));
    fields.add(
        new Field(
            "parameters_encoding", Scalar.BIGINT, true, "", "trainable numbers of the encoding"));
    fields.add(
        new Field(
            "parameter_bytes",
            Scalar.BIGINT,
            true,
            "bytes",
            "bytes of the trainable numbers (float32)"));
    fields.add(real("psnr_per_parameter_byte", "dB/byte", "psnr_mean divided by parameter_bytes"));
    fields.add(real("train_seconds_mean", "s", "mean time in training steps"));
    fields.add(real("ntk_seconds_mean", "s", "mean time in kernels and spectra"));
    moments(fields, "jpeg_psnr", "dB", "PSNR of the JPEG in at most as many bytes");
    moments(fields, "jpeg_ms_ssim", "", "MS-SSIM of the JPEG in at most as many bytes");
    fields.add(count("jpeg_best", "trials with more bytes than the JPEG of quality 100"));
    fields.add(count("jpeg_none", "trials with fewer bytes than the JPEG of quality 1"));
    symptoms(fields);
  }

  private static void symptoms(List<Field> fields) {
    for (FailureSignature signature : FailureSignature.values()) {
      String name = Names.of(signature);
      fields.add(
          count(
              "signature_" + name.replace('-', '_'),
              "trials, whatever their fate, with the failure signature " + name));
    }
    fields.add(
        real("picture_detail_share_median", "", "median share of the picture's energy in detail"));
    fields.add(
        real("error_detail_share_median", "", "median share of the error's energy in detail"));
    fields.add(
        real(
            "detail_kept_median",
            "",
            "median energy of the output's detail over that of the picture"));
    fields.add(
        real(
            "slowest_mode_exponent_median",
            "",
            "median of the slowest mode's exponent, where known"));
    fields.add(
        real("unconverged_modes_median", "", "median share of modes without enough training time"));
    fields.add(real("kernel_drift_median", "", "median relative movement of the kernel"));
  }

  private static void moments(List<Field> fields, String name, String unit, String of) {
    fields.add(real(name + "_mean", unit, "mean " + of));
    fields.add(
        real(
            name + "_sd",
            unit,
            "standard deviation (n − 1) of " + of + ", NULL for a single value"));
    fields.add(real(name + "_median", unit, "median " + of));
    fields.add(count(name + "_n", "values behind " + name + "_mean"));
  }

  private static void censored(List<Field> fields, String name, String of) {
    fields.add(
        real(
            name + "_median",
            "",
            "median " + of + "; NULL when unresolved values leave it undetermined"));
    fields.add(real(name + "_median_lower", "", "lower bound of the median"));
    fields.add(real(name + "_median_upper", "", "upper bound of the median"));
    fields.add(count(name + "_n", "kernels behind the median"));
    fields.add(count(name + "_unresolved", "of these, known by their bounds only"));
  }

  private static void against(List<Field> fields, String name, String of) {
    String pairs = " minus that of the " + of + " on the same pictures and seeds";
    fields.add(text(name + "_setting", true, "setting of the " + of + " compared with"));
    difference(fields, "psnr", name, "dB", "PSNR" + pairs);
    difference(fields, "ssim", name, "", "SSIM" + pairs);
    difference(fields, "ms_ssim", name, "", "MS-SSIM" + pairs);
    String median = "orders_vs_" + name;
    fields.add(
        real(
            median,
            "orders of magnitude",
            "median log10 of λ_min over that of the "
                + of
                + " on the same pictures and seeds; NULL when unresolved values leave it"
                + " undetermined"));
    fields.add(
        real(
            median + "_lower",
            "orders of magnitude",
            "lower bound of the median, proved: of lower bounds over upper bounds"));
    fields.add(
        real(
            median + "_upper",
            "orders of magnitude",
            "upper bound of the median, proved: of upper bounds over lower bounds"));
    fields.add(count(median + "_n", "pairs of kernels behind the median"));
  }

  private static void difference(
      List<Field> fields, String metric, String reference, String unit, String of) {
    String name = "delta_" + metric + "_vs_" + reference;
    fields.add(real(name + "_mean", unit, "mean of " + of));
    fields.add(real(name + "_sd", unit, "standard deviation (n − 1) of these differences"));
    fields.add(real(name + "_median", unit, "median of these differences"));
    fields.add(count(name + "_n", "pairs behind " + name + "_mean"));
    String interval =
        " end of the 95 % t interval of the mean difference, over pictures; NULL for one picture";
    fields.add(real(name + "_lower", unit, "lower" + interval));
    fields.add(real(name + "_upper", unit, "upper" + interval));
  }

  private static Field text(String name, boolean nullable, String meaning) {
    return new Field(name, Scalar.STRING, nullable, "", meaning);
  }

  private static Field real(String name, String unit, String meaning) {
    return new Field(name, Scalar.DOUBLE, true, unit, meaning);
  }

  private static Field count(String name, String meaning) {
    return new Field(name, Scalar.INT, false, "", meaning);
  }
}
