package io.eigensweep.result;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.metric.Detail;
import io.eigensweep.metric.PictureMetric;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.KernelFacts;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Scope;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.picture.JpegReference;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.training.CurvePoint;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Provenance;
import io.eigensweep.trial.SignalFacts;
import io.eigensweep.trial.Stage;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results made by hand, for the tests of everything that stores, compares and reports them. */
public final class SampleResults {
  public static final Encoding IDENTITY = new Identity();

  private SampleResults() {}

  public static Encoding fourier(int levels) {
    return new Fourier(levels);
  }

  public static Encoding multigrid(int resolution) {
    return new Multigrid(2, 2, resolution, 2, 0.01, Interpolation.LINEAR);
  }

  public static Signal photo(String file) {
    return new Signal.ImagenetPicture("file:/photos", "n01440764", file, 64, Coordinates.CENTERS);
  }

  public static Signal generated(int index) {
    return new Signal.GeneratedImage(GeneratedKind.STAR, 64, index, Coordinates.CENTERS);
  }

  public static Trial trial(Signal signal, Encoding encoding, double learningRate, long seed) {
    return new Trial(
        signal,
        encoding,
        new NetworkSettings(2, 256, Activation.RELU, Parameterization.WIDTH, true),
        TrainingSettings.sgd(learningRate, 1024, 3, 10),
        NtkSettings.of(
            16, List.of(Checkpoint.parse("init"), Checkpoint.parse("last")), Outputs.MEAN),
        LinalgSettings.of(BlasChoice.AUTO),
        seed,
        List.of(Artifact.WEIGHTS, Artifact.RECONSTRUCTION));
  }

  /** A trial that reached its end, with these numbers. */
  public static TrialResult succeeded(
      Trial trial, @Nullable Double psnr, double msSsim, Spectrum... spectra) {
    return new TrialResult(
        trial,
        Outcome.SUCCEEDED,
        facts(),
        new TrialResult.TrainingFacts(
            3,
            100 + trial.encoding().parameterCount(2),
            trial.encoding().parameterCount(2),
            0.001,
            900.0,
            null,
            List.of(
                new CurvePoint(0, 0.25, 6.0, 0),
                new CurvePoint(1, 0.1, null, 0.5),
                new CurvePoint(2, null, null, 1.0),
                new CurvePoint(3, 0.001, psnr, 1.5))),
        new TrialResult.Quality(
            psnr,
            new TrialResult.PictureQuality(
                Map.of(
                    PictureMetric.SSIM,
                    msSsim - 0.1,
                    PictureMetric.MS_SSIM,
                    msSsim,
                    PictureMetric.HFEN,
                    1 - msSsim),
                3,
                new Detail(0.1, 0.6, 0.4),
                new JpegReference(393, 42, false, 28.5, 0.8, 0.9),
                null),
            null),
        spectra.length == 0
            ? null
            : new KernelSummary(
                16,
                64,
                Scope.SAMPLE,
                123.5,
                new KernelSummary.Bounds(0, 1),
                List.of(),
                Stream.of(spectra).map(SampleResults::drifted).toList()),
        new TrialResult.Cost(1.5, 0.5, 2.25, 35.5),
        provenance());
  }

  private static Spectrum drifted(Spectrum spectrum) {
    return spectrum.term().equals("total")
        ? spectrum.with(new KernelFacts(null, null, null, 0.25, null, null, null))
        : spectrum;
  }

  /** A trial whose picture could not be read. */
  public static TrialResult failed(Trial trial, String message) {
    return failed(trial, Status.FAILED, message);
  }

  public static TrialResult failed(Trial trial, Status status, String message) {
    return new TrialResult(
        trial,
        new Outcome(status, Stage.LOAD, message, "java.io.IOException: " + message + "\n  at X"),
        null,
        null,
        null,
        null,
        new TrialResult.Cost(0, 0, 0.125, null),
        provenance());
  }

  /** The spectrum of {@code term} whose smallest eigenvalue is known. */
  public static Spectrum resolved(int epoch, String term, double lambdaMin) {
    return new Spectrum(
        epoch,
        term,
        Scope.SAMPLE,
        16,
        null,
        "gram",
        1e-14,
        0,
        3,
        lambdaMin,
        lambdaMin * 0.9,
        lambdaMin * 1.1,
        "floor",
        true,
        57.5,
        KernelFacts.NONE,
        new double[] {lambdaMin, 2.0, 57.5});
  }

  /** The spectrum of {@code term} whose smallest eigenvalue is at most {@code upper}. */
  public static Spectrum unresolved(int epoch, String term, double upper) {
    return new Spectrum(
        epoch,
        term,
        Scope.SAMPLE,
        16,
        null,
        "gram",
        1e-14,
        1,
        2,
        null,
        0,
        upper,
        "floor",
        false,
        57.5,
        KernelFacts.NONE,
        new double[] {-2e-16, 2.0, 57.5});
  }

  public static SignalFacts facts() {
    return new SignalFacts(
        "ab".repeat(32), new SignalFacts.PictureFacts(64, 64, 500, 375, 101.5, 99.25, 77), null);
  }

  public static Provenance provenance() {
    return new Provenance(
        Instant.parse("2026-01-02T03:04:05.123456Z"),
        Instant.parse("2026-01-02T03:04:07.373456Z"),
        "node-1",
        0,
        "0.1.0",
        "0123456",
        "17.0.1",
        "Some CPU",
        "openblas-0.3.31 SkylakeX",
        null);
  }
}
