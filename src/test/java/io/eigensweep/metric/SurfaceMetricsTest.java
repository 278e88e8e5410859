package io.eigensweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceMetricsTest {

  @Test
  void iouCountsPointsOfBothAndOfEither() {
    boolean[] a = {true, true, true, false, false};
    boolean[] b = {false, true, true, true, false};
    assertThat(Overlap.of(a, b)).hasValue(0.5);
    assertThat(Overlap.of(a, a)).hasValue(1);
    assertThat(Overlap.of(a, new boolean[5])).hasValue(0);
    assertThat(Overlap.of(new boolean[5], new boolean[5])).isEmpty();
    assertThatThrownBy(() -> Overlap.of(a, new boolean[4]))
        .hasMessage("IoU needs the same points twice, got 5 and 4");
  }

  @Test
  void surfaceDistancesAreMeansOfBothDirections() {
    SurfaceDistance.Side output =
        new SurfaceDistance.Side(new double[] {0, 0.01, 0.02, 0.03}, new double[] {1, 1, 0.5, 0.5});
    SurfaceDistance.Side reference =
        new SurfaceDistance.Side(new double[] {0.005, 0.1}, new double[] {0, 1});
    SurfaceDistance distance = SurfaceDistance.of(output, reference, 0.01);
    assertThat(distance.chamferL1()).isCloseTo(0.5 * (0.015 + 0.0525), within(1e-15));
    assertThat(distance.chamferL2()).isCloseTo(0.5 * (0.00035 + 0.0050125), within(1e-15));
    assertThat(distance.fScore()).isEqualTo(0.5);
    assertThat(distance.normalConsistency()).isEqualTo(0.5 * (0.75 + 0.5));
    assertThat(SurfaceDistance.of(output, reference, -1).fScore()).isZero();
    assertThatThrownBy(() -> new SurfaceDistance.Side(new double[0], new double[0]))
        .hasMessage("surface distances need as many cosines as distances, above 0; got 0 and 0");
  }

  @Test
  void psnrOfARangeHasItsLengthAsPeak() {
    float[] reference = {-1, 3, 1};
    float[] output = {-5, 2, 1};
    assertThat(Psnr.decibels(reference, output, -1, 3))
        .isCloseTo(10 * Math.log10(3 * 16.0), within(1e-12));
  }

  /** Slopes against central differences; the cross-entropy against its definition. */
  @ParameterizedTest
  @CsvSource({"-30, 0", "-2.5, 1", "0, 0.3", "0.7, 0", "4, 1", "40, 1", "40, 0"})
  void lossesHaveTheirSlopes(double f, double y) {
    for (Loss loss : Loss.values()) {
      double h = 1e-5;
      double difference = (loss.value(f + h, y) - loss.value(f - h, y)) / (2 * h);
      assertThat(loss.slope(f, y)).isCloseTo(difference, within(1e-6));
    }
    double p = 1 / (1 + Math.exp(-f));
    assertThat(Loss.BCE.prediction(f)).isEqualTo(p);
    if (Math.abs(f) < 10) {
      assertThat(Loss.BCE.value(f, y))
          .isCloseTo(-y * Math.log(p) - (1 - y) * Math.log(1 - p), within(1e-12));
    }
  }
}
