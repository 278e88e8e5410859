package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KernelSummaryTest {
  private static final double NOTHING = Double.POSITIVE_INFINITY;

  private static Spectrum spectrum(
      int epoch, Scope scope, int points, double lower, double upper, String from) {
    @Nullable Double value = lower > 0 ? lower : null;
    return new Spectrum(
        epoch,
        "total",
        scope,
        points,
        null,
        "gram",
        1e-14,
        0,
        points,
        value,
        lower,
        upper,
        from,
        lower > 0,
        1,
        KernelFacts.NONE,
        new double[points]);
  }

  private static KernelSample points(int count) {
    double[] coordinates = new double[2 * count];
    return new KernelSample(
        Encoder.encode(new Identity(), coordinates, 2, 0), 2, 0, new float[count]);
  }

  private static KernelSummary summary(boolean sampleOfTraining, Spectrum... spectra) {
    return KernelSummary.of(
        NtkSettings.of(2, List.of(), Outputs.MEAN),
        new KernelPoints(points(2), sampleOfTraining, points(8), List.of()),
        null,
        List.of(),
        List.of(spectra));
  }

  @Test
  void everyKernelOfTrainingPointsBoundsThatOfAllFromAbove() {
    Spectrum sample = spectrum(3, Scope.SAMPLE, 2, 4, 5, "floor");
    Spectrum window = spectrum(3, Scope.WINDOW, 2, 7, 8, "floor");
    Spectrum training = spectrum(3, Scope.TRAINING, 8, 1, 6, "split");
    assertThat(summary(true, sample, window).trainingBounds())
        .isEqualTo(new KernelSummary.Bounds(0, 5));
    assertThat(summary(false, sample, window).trainingBounds())
        .isEqualTo(new KernelSummary.Bounds(0, 8));
    assertThat(summary(true, sample, window, training).trainingBounds())
        .isEqualTo(new KernelSummary.Bounds(1, 5));
    assertThat(summary(true).trainingBounds()).isNull();
  }

  @Test
  void boundsThatExcludeEachOtherProveNothing() {
    Spectrum sample = spectrum(3, Scope.SAMPLE, 2, 1, 2, "floor");
    assertThat(
            summary(true, sample, spectrum(3, Scope.TRAINING, 8, 3, 4, "split")).trainingBounds())
        .isEqualTo(new KernelSummary.Bounds(0, NOTHING));
    assertThat(
            summary(true, spectrum(3, Scope.SAMPLE, 2, 0, 2, "contradiction: floor"))
                .trainingBounds())
        .isEqualTo(new KernelSummary.Bounds(0, NOTHING));
  }

  @Test
  void aTrialThatEndedBetweenTwoScopesHasNoneOfTheSecond() {
    KernelSummary ended =
        summary(
            true,
            spectrum(1, Scope.SAMPLE, 2, 1, 2, "floor"),
            spectrum(1, Scope.WINDOW, 2, 1, 2, "floor"),
            spectrum(3, Scope.SAMPLE, 2, 1, 2, "floor"));
    assertThat(ended.last("total", Scope.WINDOW)).isNull();
    assertThat(ended.last("total")).isNotNull();
  }
}
