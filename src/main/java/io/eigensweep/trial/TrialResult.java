package io.eigensweep.trial;

import io.eigensweep.metric.Detail;
import io.eigensweep.metric.PictureMetric;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.picture.JpegReference;
import io.eigensweep.training.CurvePoint;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a trial's row holds. Parts that a failed trial did not reach are null.
 *
 * @param trial what was run
 * @param outcome how it ended
 * @param signal what was loaded
 * @param training what training did
 * @param quality the network's output against the signal
 * @param kernel the kernels
 * @param cost where the time went
 * @param provenance who computed it
 */
public record TrialResult(
    Trial trial,
    Outcome outcome,
    @Nullable SignalFacts signal,
    @Nullable TrainingFacts training,
    @Nullable Quality quality,
    @Nullable KernelSummary kernel,
    Cost cost,
    Provenance provenance)
    implements Serializable {

  /**
   * The result of a trial whose attempt did not come back to tell: its executor died, or it hung.
   *
   * @param startedAt when the attempt started
   * @param host where
   * @param attempt which attempt it was, from 0
   */
  public static TrialResult ofLost(
      Trial trial, Outcome outcome, Instant startedAt, String host, int attempt) {
    Instant now = Instant.now();
    Machine machine = Machine.current();
    return new TrialResult(
        trial,
        outcome,
        null,
        null,
        null,
        null,
        new Cost(0, 0, Duration.between(startedAt, now).toNanos() * 1e-9, null),
        new Provenance(
            startedAt,
            now,
            host,
            attempt,
            machine.codeVersion(),
            machine.gitCommit(),
            machine.javaVersion(),
            "unknown",
            "unknown",
            null));
  }

  /**
   * The training.
   *
   * @param epochsDone completed epochs
   * @param parameters all trainable numbers, those of the encoding included
   * @param parametersEncoding those of the encoding
   * @param loss the last epoch's loss, null when not finite
   * @param flowTime time of the gradient flow that the steps stand for, null where it is not known
   * @param ambiguousShare share of the training points whose side of the surface is not clear, null
   *     where there is no surface
   * @param curve the learning curve
   */
  public record TrainingFacts(
      int epochsDone,
      long parameters,
      long parametersEncoding,
      @Nullable Double loss,
      @Nullable Double flowTime,
      @Nullable Double ambiguousShare,
      List<CurvePoint> curve)
      implements Serializable {
    public TrainingFacts {
      curve = List.copyOf(curve);
    }
  }

  /**
   * The reconstruction's quality; a value that is not defined for this signal is null.
   *
   * @param psnr dB, output clamped to the signal's range, peak its length; null when the
   *     reconstruction is exact
   * @param picture a picture's, null for other signals
   * @param surface a surface's, null for pictures
   */
  public record Quality(
      @Nullable Double psnr, @Nullable PictureQuality picture, @Nullable SurfaceQuality surface)
      implements Serializable {}

  /**
   * What else is measured of a picture's reconstruction.
   *
   * @param metrics by what they are; those that are not defined are absent
   * @param msSsimScales how many scales MS-SSIM used, null when it is not defined
   * @param detail fine detail and where the error lies
   * @param jpeg the JPEG file of at most as many bytes as the trainable numbers, null when even the
   *     lowest quality takes more
   * @param heldOut how trained and held-out pixels compare, null when all were trained on
   */
  public record PictureQuality(
      Map<PictureMetric, Double> metrics,
      @Nullable Integer msSsimScales,
      Detail detail,
      @Nullable JpegReference jpeg,
      @Nullable HeldOut heldOut)
      implements Serializable {
    public PictureQuality {
      metrics = Map.copyOf(metrics);
    }
  }

  /**
   * A picture's reconstruction where it was trained and where it was not.
   *
   * @param trainedPsnr dB over the trained pixels; null when exact there
   * @param heldOutPsnr dB over the others; null when exact there
   */
  public record HeldOut(@Nullable Double trainedPsnr, @Nullable Double heldOutPsnr)
      implements Serializable {}

  /**
   * The quality of a surface; lengths in sides of the cube. What needs an extracted surface is null
   * when nothing was extracted, but the F-score is 0 then.
   *
   * @param iou intersection over union on uniform held-out points, null when both are empty there
   * @param iouNear intersection over union on held-out points near the surface, null when both are
   *     empty there
   * @param chamferL1 ½(accuracy + completeness) of distances
   * @param chamferL2 ½(accuracy + completeness) of squared distances
   * @param fScore at 1 % of the cube's side
   * @param normalConsistency mean |n·n'| of both directions
   * @param triangles of the extracted surface
   */
  public record SurfaceQuality(
      @Nullable Double iou,
      @Nullable Double iouNear,
      @Nullable Double chamferL1,
      @Nullable Double chamferL2,
      double fScore,
      @Nullable Double normalConsistency,
      int triangles)
      implements Serializable {}

  /**
   * The time.
   *
   * @param trainSeconds training steps
   * @param ntkSeconds kernels and spectra
   * @param wallSeconds the whole trial
   * @param gflops necessary floating-point operations of training per second of it / 1e9, null
   *     without training
   */
  public record Cost(
      double trainSeconds, double ntkSeconds, double wallSeconds, @Nullable Double gflops)
      implements Serializable {}
}
