package io.eigensweep.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private static Stencils level(double[] points, int d, int cells, Interpolation interpolation) {
    Multigrid grid = new Multigrid(1, 1, cells, 2, 0.01, interpolation);
    return Encoder.encode(grid, points, d, 0).levels().get(0);
  }

  @Test
  void fourierPutsTheInputFirstAndSinesBeforeCosines() {
    EncodedPoints points = Encoder.encode(new Fourier(2), new double[] {0.5, 0.25}, 2, 0);
    double r = Math.sqrt(0.5);
    assertThat(points.fixed())
        .containsExactly(new double[] {0.5, 0.25, 1, r, 0, r, 0, 1, -1, 0}, within(1e-15));
    assertThat(points.encodedDimension()).isEqualTo(new Fourier(2).encodedDimension(2));
  }

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO_PI =
      new BigDecimal("6.28318530717958647692528676655900576839433879875021164194988918");

  /** sin 2πc, by its series at c less whole cycles. */
  private static double sine(BigDecimal cycles) {
    BigDecimal x =
        cycles.subtract(cycles.setScale(0, RoundingMode.HALF_EVEN)).multiply(TWO_PI, DIGITS);
    BigDecimal term = x;
    BigDecimal sum = x;
    for (int n = 2; n < 60; n += 2) {
      term = term.multiply(x, DIGITS).multiply(x, DIGITS).negate();
      term = term.divide(BigDecimal.valueOf(n * (n + 1L)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum.doubleValue();
  }

  private static double cosine(BigDecimal cycles) {
    return sine(cycles.add(new BigDecimal("0.25")));
  }

  /** 2^22 cycles per side, on which 2πx rounded before the sine would leave seven digits. */
  @Test
  void logSpacedFrequenciesDoubleToTheLastDigit() {
    double[] x = {0.1, 0.7, 1 / 3.0, 0.75, 0x1p-30, 1 - 0x1p-53, 0.5, 1, 0};
    double[] encoded = Encoder.encode(new Fourier(24), x, 3, 9).fixed();
    int e = new Fourier(24).encodedDimension(3);
    for (int i = 0; i < x.length; i++) {
      for (int level = 0; level < 24; level++) {
        BigDecimal cycles = new BigDecimal(x[i]).multiply(new BigDecimal(Math.scalb(0.5, level)));
        int at = i / 3 * e + 3 + 6 * level + i % 3;
        assertNear(encoded[at], sine(cycles), 1e-40);
        assertNear(encoded[at + 3], cosine(cycles), 1e-40);
      }
    }
  }

  /** Within two units in the last place: the quarter's rounding and that of the sine. */
  private static void assertNear(double actual, double expected, double besides) {
    assertThat(actual).isCloseTo(expected, within(2 * Math.ulp(expected) + besides));
  }

  /** Products of vectors of 10⁶ cycles are known to the last digit of a cycle, not of a million. */
  @Test
  void gaussianFrequenciesLoseNoDigitsToWholeCycles() {
    double[] x = {0.1, 0.7, 1 / 3.0, 0.9, 1e-9, 1};
    Fourier encoding = Fourier.gaussian(4, 1e6);
    double[] vectors = encoding.vectors(2, 5);
    double[] encoded = Encoder.encode(encoding, x, 2, 5).fixed();
    int e = encoding.encodedDimension(2);
    for (int i = 0; i < 3; i++) {
      for (int row = 0; row < 8; row++) {
        BigDecimal cycles = BigDecimal.ZERO;
        for (int axis = 0; axis < 2; axis++) {
          cycles =
              cycles.add(
                  new BigDecimal(vectors[2 * row + axis])
                      .multiply(new BigDecimal(x[2 * i + axis])));
        }
        int at = i * e + 2 + row / 2 * 4 + row % 2;
        assertNear(encoded[at], sine(cycles), 8 * Math.PI * 0x1p-53);
        assertNear(encoded[at + 2], cosine(cycles), 8 * Math.PI * 0x1p-53);
      }
    }
  }

  @Test
  void gaussianFeaturesAreSinesAndCosinesOfRandomVectors() {
    Fourier encoding = Fourier.gaussian(2, 3.5);
    double[] x = {0.1, 0.7, 1 / 3.0, 0.9, 0, 1};
    EncodedPoints points = Encoder.encode(encoding, x, 3, 11);
    RandomStream random = RandomStream.of("init/fourier", 11);
    double[][] b = new double[6][3];
    for (double[] vector : b) {
      Arrays.setAll(vector, axis -> 3.5 * random.nextGaussian());
    }
    int e = points.encodedDimension();
    assertThat(e).isEqualTo(new Fourier(2).encodedDimension(3)).isEqualTo(15);
    for (int i = 0; i < 2; i++) {
      double[] encoded = Arrays.copyOfRange(points.fixed(), i * e, (i + 1) * e);
      assertThat(Arrays.copyOf(encoded, 3)).isEqualTo(Arrays.copyOfRange(x, 3 * i, 3 * i + 3));
      for (int row = 0; row < 6; row++) {
        double turn =
            2
                * Math.PI
                * (b[row][0] * x[3 * i] + b[row][1] * x[3 * i + 1] + b[row][2] * x[3 * i + 2]);
        int at = row < 3 ? 3 + row : 9 + row - 3;
        assertThat(encoded[at]).isCloseTo(Math.sin(turn), within(1e-13));
        assertThat(encoded[at + 3]).isCloseTo(Math.cos(turn), within(1e-13));
      }
    }
  }

  @Test
  void gaussianFrequenciesHaveTheirDeviation() {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int seed = 0; seed < 100; seed++) {
      for (double entry : Fourier.gaussian(24, 4).vectors(3, seed)) {
        sum += entry;
        squares += entry * entry;
        count++;
      }
    }
    // 21600 numbers: their mean is off by 4/147, their variance by 1 % of 16, as a rule.
    assertThat(count).isEqualTo(21_600);
    assertThat(sum / count).isCloseTo(0, within(0.1));
    assertThat(squares / count).isCloseTo(16, within(0.64));
  }

  @Test
  void gaussianFrequenciesComeFromTheSeedAlone() {
    double[] vectors = Fourier.gaussian(4, 2).vectors(2, 5);
    assertThat(Fourier.gaussian(4, 2).vectors(2, 5)).isEqualTo(vectors);
    assertThat(Fourier.gaussian(4, 2).vectors(2, 6)).doesNotContain(vectors);
    assertThat(Arrays.copyOf(Fourier.gaussian(7, 2).vectors(2, 5), 16)).isEqualTo(vectors);
    assertThat(Fourier.gaussian(4, 1).vectors(2, 5))
        .isEqualTo(Arrays.stream(vectors).map(entry -> entry / 2).toArray());
    assertThat(new Fourier(4).vectors(2, 5)).isEqualTo(new Fourier(4).vectors(2, 6));
  }

  @Test
  void sigmaBelongsToGaussianFrequencies() {
    assertThat(new Fourier(4, Frequencies.GAUSSIAN, null)).isEqualTo(Fourier.gaussian(4, 10));
    assertThatThrownBy(() -> new Fourier(4, Frequencies.LOG, 10.0))
        .hasMessage("sigma belongs to frequencies gaussian, got 10.0 with frequencies log");
    assertThatThrownBy(() -> Fourier.gaussian(4, 2e6))
        .hasMessage("sigma must be at most 1000000, got 2000000.0");
  }

  @Test
  void nodesRunFastestAlongTheFirstAxis() {
    Stencils stencils = level(new double[] {0.25, 0.75}, 2, 2, Interpolation.LINEAR);
    assertThat(stencils.nodes()).containsExactly(3, 4, 6, 7);
    assertThat(stencils.weights()).containsExactly(0.25, 0.25, 0.25, 0.25);
    assertThat(stencils.nodeCount()).isEqualTo(9);
  }

  @Test
  void oneBelongsToTheLastCell() {
    Stencils stencils = level(new double[] {1, 1, 0, 0}, 2, 3, Interpolation.LINEAR);
    assertThat(stencils.nodes()).containsExactly(10, 11, 14, 15, 0, 1, 4, 5);
    assertThat(stencils.weights()).containsExactly(0, 0, 0, 1, 1, 0, 0, 0);
  }

  /** Multilinear interpolation reproduces functions that are linear on each axis. */
  @Test
  void trilinearWeightsReproduceCoordinates() {
    double[] x = {0.3, 0.71, 0.999};
    Stencils stencils = level(x, 3, 5, Interpolation.LINEAR);
    double[] sum = new double[4];
    for (int corner = 0; corner < 8; corner++) {
      int node = stencils.nodes()[corner];
      double weight = stencils.weights()[corner];
      sum[0] += weight * (node % 6) / 5;
      sum[1] += weight * (node / 6 % 6) / 5;
      sum[2] += weight * Math.floorDiv(node, 36) / 5;
      sum[3] += weight;
    }
    assertThat(sum).containsExactly(new double[] {0.3, 0.71, 0.999, 1}, within(1e-14));
  }

  @Test
  void nearestReadsOneNodeAndHalvesGoUp() {
    Stencils stencils =
        level(new double[] {0.1, 0.24, 0.25, 0.8, 1, 1}, 2, 2, Interpolation.NEAREST);
    assertThat(stencils.nodes()).containsExactly(0, 7, 8);
    assertThat(stencils.weights()).containsExactly(1, 1, 1);
  }

  @Test
  void smoothstepHasNoSlopeAtTheNodes() {
    Stencils stencils = level(new double[] {0.001, 0.5}, 2, 1, Interpolation.SMOOTHSTEP);
    assertThat(stencils.weights()[1] + stencils.weights()[3]).isCloseTo(3e-6 - 2e-9, within(1e-15));
    assertThat(stencils.weights()[0] + stencils.weights()[1]).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void weightsOfEveryInterpolationSumToOneInEveryDimension() {
    double[] x = {0, 0.013, 0.31, 0.499, 0.5, 0.72, 0.999, 1, 0.2, 0.1, 0.6, 0.9};
    for (Interpolation interpolation : Interpolation.values()) {
      for (int d = 1; d <= 3; d++) {
        Stencils stencils = level(x, d, 5, interpolation);
        int s = stencils.perPoint();
        assertThat(s).isEqualTo(interpolation.nodesPerPoint(d));
        for (int i = 0; i < x.length / d; i++) {
          double sum = Arrays.stream(stencils.weights(), i * s, (i + 1) * s).sum();
          assertThat(sum).isCloseTo(1, within(1e-15));
        }
      }
    }
  }

  /**
   * Splines with node values c_j = (j − 1)/n are the identity; their nodes reach beyond the ends.
   */
  @Test
  void cubicBSplineReproducesCoordinatesFromFourNodesPerAxis() {
    double[] x = {0, 0.3, 0.71, 0.999, 1, 0.5};
    Stencils stencils = level(x, 2, 5, Interpolation.CUBIC_B_SPLINE);
    assertThat(stencils.nodeCount()).isEqualTo(64);
    assertThat(new Multigrid(1, 3, 5, 2, 1, Interpolation.CUBIC_B_SPLINE).parameterCount(3))
        .isEqualTo(3 * 512);
    for (int i = 0; i < 3; i++) {
      double u = 0;
      double v = 0;
      for (int entry = 16 * i; entry < 16 * (i + 1); entry++) {
        u += stencils.weights()[entry] * (stencils.nodes()[entry] % 8 - 1) / 5;
        v += stencils.weights()[entry] * (Math.floorDiv(stencils.nodes()[entry], 8) - 1) / 5;
      }
      assertThat(new double[] {u, v})
          .containsExactly(new double[] {x[2 * i], x[2 * i + 1]}, within(1e-14));
    }
  }

  /** At a node (1/6, 4/6, 1/6, 0), in the middle of a cell (1, 23, 23, 1)/48 (de Boor 1978). */
  @Test
  void cubicBSplineHasItsKnownWeights() {
    Stencils stencils = level(new double[] {0.4, 0.5}, 1, 5, Interpolation.CUBIC_B_SPLINE);
    assertThat(stencils.nodes()).containsExactly(2, 3, 4, 5, 2, 3, 4, 5);
    double[] expected = {8, 32, 8, 0, 1, 23, 23, 1};
    Arrays.setAll(expected, i -> expected[i] / 48);
    assertThat(stencils.weights()).containsExactly(expected, within(1e-15));
  }

  /** Second differences across a node are as small as within a cell: the curve is C². */
  @Test
  void cubicBSplineIsTwiceContinuouslyDifferentiable() {
    double h = 1e-4;
    double[] x = {0.4 - 2 * h, 0.4 - h, 0.4, 0.4 + h, 0.4 + 2 * h};
    Stencils stencils = level(x, 1, 5, Interpolation.CUBIC_B_SPLINE);
    double[] values = {3, -1, 4, -1, 5, -9, 2, 6};
    double[] f = new double[5];
    for (int entry = 0; entry < 20; entry++) {
      f[entry / 4] += stencils.weights()[entry] * values[stencils.nodes()[entry]];
    }
    double before = (f[0] - 2 * f[1] + f[2]) / (h * h);
    double after = (f[2] - 2 * f[3] + f[4]) / (h * h);
    assertThat(after).isCloseTo(before, within(2.0));
    assertThat(before).isCloseTo(25 * (4 + 2 + 5), within(2.0));
  }

  @Test
  void levelsHaveTheResolutionsOfTheDefinition() {
    Multigrid grid = new Multigrid(3, 2, 9, 2, 0.01, Interpolation.LINEAR);
    assertThat(new int[] {grid.cells(0), grid.cells(1), grid.cells(2)}).containsExactly(2, 5, 9);
    assertThat(grid.nodes(2, 3)).isEqualTo(1000);
    assertThat(grid.parameterCount(2)).isEqualTo(2 * (9 + 36 + 100));
    assertThat(new Multigrid(16, 2, 4, 2, 0.01, Interpolation.LINEAR).cells(0)).isEqualTo(1);
  }

  @Test
  void refusesCoordinatesOutsideTheUnitCube() {
    assertThatThrownBy(() -> Encoder.encode(new Identity(), new double[] {0.5, 1.01}, 2, 0))
        .hasMessage("coordinates lie in [0,1], got 1.01");
    assertThatThrownBy(() -> Encoder.encode(new Identity(), new double[] {Double.NaN, 1}, 2, 0))
        .hasMessage("coordinates lie in [0,1], got NaN");
  }
}
