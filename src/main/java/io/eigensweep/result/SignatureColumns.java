package io.eigensweep.result;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Convergence;
import io.eigensweep.measure.FailureSignature;
import io.eigensweep.metric.Detail;
import io.eigensweep.metric.JpegReference;
import io.eigensweep.spec.Names;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.HeldOut;
import io.eigensweep.trial.TrialResult.PictureQuality;
import io.eigensweep.trial.TrialResult.Quality;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What went wrong in a trial, with the figures that show it, and the JPEG of as many bytes. */
final class SignatureColumns {
  /** The figures and the names of what they show. */
  static final List<Column> SIGNATURES =
      List.of(
          real(
              "picture_detail_share",
              "share of the picture's energy (DCT, without the mean) at radial frequencies from"
                  + " half of Nyquist's on",
              detail(Detail::pictureShare)),
          real(
              "error_detail_share",
              "the same share of the error's energy: its high-frequency share; 0.80 when white",
              detail(Detail::errorShare)),
          real(
              "detail_kept",
              "energy of the output at these frequencies over that of the picture",
              detail(Detail::kept)),
          real(
              "flow_time",
              "time t of the gradient flow that the steps stand for: the sum of their learning"
                  + " rates, over 1 − momentum; NULL with adam",
              ofTraining(TrainingFacts::flowTime)),
          real(
              "slowest_mode_exponent",
              "2·λ_min·flow_time/(NC): its part of the residual has fallen by exp of minus this;"
                  + " NULL when λ_min is not resolved",
              convergence(Convergence::slowestExponent)),
          real(
              "unconverged_modes",
              "share of the kernel's modes with 2·λ·flow_time/(NC) < 1 at the last checkpoint",
              convergence(Convergence::unconvergedModes)),
          new Column(
              "failure_signatures",
              Scalar.STRING,
              true,
              "",
              "what went wrong, comma-separated, empty when nothing shows: blur (detail_kept < "
                  + FailureSignature.DETAIL_KEPT
                  + "), aliasing (psnr_trained − psnr_held_out ≥ "
                  + FailureSignature.HELD_OUT_GAP
                  + " dB), slow (unconverged_modes > "
                  + FailureSignature.UNCONVERGED_MODES
                  + "), not-lazy (kernel_drift > "
                  + FailureSignature.DRIFT
                  + "), memory (status OUT_OF_MEMORY)",
              row ->
                  FailureSignature.of(row.result()).stream()
                      .map(Names::of)
                      .collect(Collectors.joining(","))));

  /** How the picture does between the pixels that it was trained on. */
  static final List<Column> HELD_OUT =
      List.of(
          decibels(
              "psnr_trained",
              "PSNR over the trained pixels when the others are held out; NULL when all are trained"
                  + " on, or when it is exact",
              HeldOut::trainedPsnr),
          decibels(
              "psnr_held_out",
              "PSNR over the pixels that were held out; psnr, ssim and ms_ssim are of all pixels;"
                  + " NULL likewise",
              HeldOut::heldOutPsnr));

  /** What a JPEG file of at most 4 bytes for each trainable number makes of the picture. */
  static final List<Column> JPEG =
      List.of(
          new Column(
              "jpeg_fit",
              Scalar.STRING,
              true,
              "",
              "the JPEG of the picture in at most 4·parameters bytes, the better of halved and full"
                  + " chroma: fitted (quality by bisection), best (quality 100 fits, so more bytes"
                  + " would not help), none (quality 1 takes more: the other jpeg columns are"
                  + " NULL)",
              row -> fit(picture(row.result()))),
          whole("jpeg_bytes", "bytes", "size of that file", jpeg(JpegReference::bytes)),
          whole("jpeg_quality", "", "its quality, 1 to 100", jpeg(JpegReference::quality)),
          new Column(
              "jpeg_psnr",
              Scalar.DOUBLE,
              true,
              "dB",
              "PSNR of the decoded file; NULL when it is exact",
              jpeg(JpegReference::psnr)),
          real("jpeg_ssim", "its structural similarity", jpeg(JpegReference::ssim)),
          real(
              "jpeg_ms_ssim",
              "its multi-scale structural similarity",
              jpeg(JpegReference::msSsim)));

  private SignatureColumns() {}

  private static @Nullable String fit(@Nullable PictureQuality quality) {
    if (quality == null) {
      return null;
    }
    JpegReference jpeg = quality.jpeg();
    if (jpeg == null) {
      return "none";
    }
    return jpeg.saturated() ? "best" : "fitted";
  }

  private static @Nullable PictureQuality picture(TrialResult result) {
    Quality quality = result.quality();
    return quality == null ? null : quality.picture();
  }

  private static Function<Row, @Nullable Object> detail(Function<Detail, @Nullable Object> value) {
    return row -> {
      PictureQuality quality = picture(row.result());
      return quality == null ? null : value.apply(quality.detail());
    };
  }

  private static Column decibels(
      String name, String meaning, Function<HeldOut, @Nullable Object> value) {
    return new Column(
        name,
        Scalar.DOUBLE,
        true,
        "dB",
        meaning,
        row -> {
          PictureQuality quality = picture(row.result());
          return quality == null || quality.heldOut() == null
              ? null
              : value.apply(quality.heldOut());
        });
  }

  private static Function<Row, @Nullable Object> jpeg(
      Function<JpegReference, @Nullable Object> value) {
    return row -> {
      PictureQuality quality = picture(row.result());
      return quality == null || quality.jpeg() == null ? null : value.apply(quality.jpeg());
    };
  }

  private static Function<Row, @Nullable Object> ofTraining(
      Function<TrainingFacts, @Nullable Object> value) {
    return row -> row.result().training() == null ? null : value.apply(row.result().training());
  }

  private static Function<Row, @Nullable Object> convergence(
      Function<Convergence, @Nullable Object> value) {
    return row -> Convergence.of(row.result()).map(value).orElse(null);
  }

  private static Column real(String name, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.DOUBLE, true, "", meaning, value);
  }

  private static Column whole(
      String name, String unit, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.INT, true, unit, meaning, value);
  }
}
