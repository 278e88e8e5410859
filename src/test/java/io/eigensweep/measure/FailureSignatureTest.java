package io.eigensweep.measure;

import static io.eigensweep.measure.FailureSignature.ALIASING;
import static io.eigensweep.measure.FailureSignature.BLUR;
import static io.eigensweep.measure.FailureSignature.MEMORY;
import static io.eigensweep.measure.FailureSignature.NOT_LAZY;
import static io.eigensweep.measure.FailureSignature.SLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.metric.Detail;
import io.eigensweep.ntk.KernelFacts;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.Scope;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.PictureQuality;
import io.eigensweep.trial.TrialResult.Quality;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureSignatureTest {
  /** NC of the samples: 16 points, 3 outputs. */
  private static final double SIZE = 48;

  private static final Trial TRIAL =
      SampleResults.trial(SampleResults.generated(0), SampleResults.IDENTITY, 10, 0);

  private static TrialResult result(
      @Nullable Double detailKept, @Nullable Double flowTime, @Nullable Double drift) {
    Spectrum spectrum = SampleResults.resolved(3, "total", 0.5); // eigenvalues 0.5, 2, 57.5
    TrialResult sample = SampleResults.succeeded(TRIAL, 20.0, 0.9, spectrum);
    TrainingFacts training = Objects.requireNonNull(sample.training());
    return new TrialResult(
        sample.trial(),
        sample.outcome(),
        sample.signal(),
        new TrainingFacts(
            training.epochsDone(),
            training.parameters(),
            training.parametersEncoding(),
            training.loss(),
            flowTime,
            null,
            training.curve()),
        new Quality(
            20.0,
            new PictureQuality(Map.of(), 3, new Detail(0.1, 0.6, detailKept), null, null),
            null),
        new KernelSummary(
            16,
            64,
            Scope.SAMPLE,
            123.5,
            new KernelSummary.Bounds(0, 1),
            List.of(),
            List.of(spectrum.with(new KernelFacts(null, null, null, drift, null, null, null)))),
        sample.cost(),
        sample.provenance());
  }

  @Test
  void nothingShowsInASoundTrial() {
    assertThat(FailureSignature.of(result(0.9, SIZE, 0.1))).isEmpty();
  }

  @Test
  void whatIsNotKnownShowsNothing() {
    assertThat(FailureSignature.of(result(null, null, null))).isEmpty();
    assertThat(FailureSignature.of(SampleResults.failed(TRIAL, "empty file"))).isEmpty();
  }

  @Test
  void lostDetailIsABlur() {
    assertThat(FailureSignature.of(result(0.49, SIZE, 0.1))).containsExactly(BLUR);
  }

  @Test
  void heldOutPixelsFarBelowTheTrainedOnesAreAliasing() {
    assertThat(FailureSignature.of(heldOut(30.0, 20.0))).containsExactly(ALIASING);
    assertThat(FailureSignature.of(heldOut(null, 20.0))).containsExactly(ALIASING);
    assertThat(FailureSignature.of(heldOut(30.0, 20.1))).isEmpty();
    assertThat(FailureSignature.of(heldOut(30.0, null))).isEmpty();
  }

  private static TrialResult heldOut(@Nullable Double trained, @Nullable Double others) {
    TrialResult sound = result(0.9, SIZE, 0.1);
    return new TrialResult(
        sound.trial(),
        sound.outcome(),
        sound.signal(),
        sound.training(),
        new Quality(
            20.0,
            new PictureQuality(
                Map.of(),
                3,
                new Detail(0.1, 0.6, 0.9),
                null,
                new TrialResult.HeldOut(trained, others)),
            null),
        sound.kernel(),
        sound.cost(),
        sound.provenance());
  }

  /** 2·λ·t/48 is 1 at t = 48 for λ = ½, at 12 for 2 and at 0.42 for 57.5. */
  @Test
  void modesWithoutTimeAreSlow() {
    Convergence all = Convergence.of(result(0.9, SIZE, 0.1)).orElseThrow();
    assertThat(all.slowestExponent()).isCloseTo(1, within(1e-12));
    assertThat(all.unconvergedModes()).isZero();
    Convergence two = Convergence.of(result(0.9, 13.0, 0.1)).orElseThrow();
    assertThat(two.unconvergedModes()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(FailureSignature.of(result(0.9, 13.0, 0.1))).isEmpty();
    assertThat(FailureSignature.of(result(0.9, 11.0, 0.1))).containsExactly(SLOW);
    assertThat(FailureSignature.of(result(0.9, 0.0, 0.1))).containsExactly(SLOW);
  }

  @Test
  void aMovedKernelIsNotLazy() {
    assertThat(FailureSignature.of(result(0.9, SIZE, 0.6))).containsExactly(NOT_LAZY);
  }

  @Test
  void severalShowTogether() {
    assertThat(FailureSignature.of(result(0.0, 1.0, 3.0))).containsExactly(BLUR, SLOW, NOT_LAZY);
  }

  @Test
  void aTrialThatDidNotFitShowsIt() {
    assertThat(
            FailureSignature.of(
                SampleResults.failed(TRIAL, Status.OUT_OF_MEMORY, "Java heap space")))
        .containsExactly(MEMORY);
  }
}
