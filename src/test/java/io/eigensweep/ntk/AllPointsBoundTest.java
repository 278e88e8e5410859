package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds over all points against the spectrum of the whole kernel. */
class AllPointsBoundTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);
  private static final AllPointsBound.Limits LIMITS = new AllPointsBound.Limits(60, 1.05, 1L << 30);

  private static NetworkSettings relu(int hidden, int width, boolean bias) {
    return new NetworkSettings(hidden, width, Activation.RELU, Parameterization.WIDTH, bias);
  }

  private static Multigrid grid(int levels, int resolution, Interpolation interpolation) {
    return new Multigrid(levels, 2, resolution, 2, 0.01, interpolation);
  }

  private static AllPointsBound bound(Networks.Case one, AllPointsBound.Limits limits) {
    return AllPointsBound.of(all(one), limits, BLAS, () -> {});
  }

  private static AllPoints all(Networks.Case one) {
    return new AllPoints(one.network(), one.parameters(), one.sample().points(), 2, one.outputs());
  }

  private static Networks.Case with(Networks.Case one, Outputs outputs) {
    return new Networks.Case(
        one.network(), one.encoding(), one.parameters(), one.sample(), outputs, BLAS);
  }

  /** After some epochs on the case's random targets. */
  private static Networks.Case trained(Networks.Case one, double rate, int epochs) {
    Trainer trainer =
        new Trainer(
            TrainingSettings.sgd(rate, 32, epochs, epochs),
            one.network(),
            one.parameters(),
            new Samples(one.sample().points(), 3, one.sample().targets()),
            0,
            BLAS);
    for (int epoch = 0; epoch < epochs; epoch++) {
      trainer.runEpoch();
    }
    assertThat(trainer.diverged()).isFalse();
    Parameters parameters = trainer.parameters();
    return new Networks.Case(
        one.network(), one.encoding(), parameters, one.sample(), one.outputs(), BLAS);
  }

  private static Spectrum dense(Networks.Case one, Method method) {
    NtkSettings settings =
        new NtkSettings(
            new SamplePoints(one.sample().points().count(), Pattern.LATTICE),
            List.of(Checkpoint.parse("init")),
            one.outputs(),
            Precision.DOUBLE,
            method,
            60,
            Terms.GROUPS,
            false);
    return one.spectra(settings).get(0);
  }

  private static AllPointsBound assertAgrees(Networks.Case one, Method method) {
    Spectrum dense = dense(one, method);
    AllPointsBound split = bound(one, LIMITS);
    assertThat(split.lower()).isLessThanOrEqualTo(dense.lambdaMinUpper());
    assertThat(split.upper()).isGreaterThanOrEqualTo(dense.lambdaMinLower());
    assertThat(split.lower()).isLessThanOrEqualTo(split.upper());
    assertThat(split.isClose()).isEqualTo(split.upper() <= LIMITS.ratio() * split.lower());
    return split;
  }

  static Stream<Networks.Case> cases() {
    List<Networks.Case> cases = new ArrayList<>();
    double[] shares = {0.4, 0.8, 1, 1.6, 3};
    List<Activation> activations = List.of(Activation.values());
    List<Outputs> outputs = List.of(Outputs.values());
    int at = 0;
    for (Interpolation interpolation : Interpolation.values()) {
      for (double share : shares) {
        int levels = 1 + at % 4;
        int side = 10 + at % 3;
        Activation activation = activations.get(at % activations.size());
        NetworkSettings network =
            new NetworkSettings(
                1 + at % 3, 16 + at, activation, Parameterization.WIDTH, at % 2 == 0);
        Multigrid grid = grid(levels, (int) (share * side), interpolation);
        Networks.Case one = Networks.lattice(network, grid, side, 3, at, BLAS);
        cases.add(with(one, outputs.get(at % 3)));
        double rate = activation == Activation.SINE ? 1e-3 : 1;
        cases.add(trained(with(one, outputs.get((at + 1) % 3)), rate, 3));
        at++;
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("cases")
  void agreesWithTheSpectrumOfTheWholeKernel(Networks.Case one) {
    AllPointsBound split = assertAgrees(one, Method.JACOBIAN);
    // What a kernel of double precision resolves with a margin is enclosed.
    Spectrum dense = dense(one, Method.GRAM);
    if (dense.lambdaMinLower() > 100 * dense.floor()) {
      assertThat(split.isClose()).as(split.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"25,MEAN,32", "32,MEAN,32", "50,SUM,32", "50,FULL,18"})
  void agreesOnLargerPictures(int resolution, Outputs outputs, int side) {
    Networks.Case one =
        Networks.lattice(
            relu(2, 64, true), grid(2, resolution, Interpolation.LINEAR), side, 3, 1, BLAS);
    AllPointsBound split = assertAgrees(trained(with(one, outputs), 10, 5), Method.GRAM);
    assertThat(split.isClose()).as(split.toString()).isTrue();
  }

  @Test
  void agreesOnFourThousandPixels() {
    Networks.Case one =
        Networks.lattice(relu(2, 64, true), grid(2, 64, Interpolation.LINEAR), 64, 3, 1, BLAS);
    Networks.Case trained = trained(one, 10, 5);
    JacobianFactors factors = trained.factors();
    Spectrum dense =
        SpectrumBuilder.gram(0, "total", trained.kernel(factors), factors.longestProduct(), BLAS);
    AllPointsBound split = bound(trained, LIMITS);
    assertThat(split.isClose()).as(split.toString()).isTrue();
    assertThat(split.lower()).isLessThanOrEqualTo(dense.lambdaMinUpper());
    assertThat(split.upper()).isGreaterThanOrEqualTo(dense.lambdaMinLower());
    assertThat(dense.lambdaMinLower()).isPositive();
  }

  /** The order of the points is the search's own affair. */
  @Test
  void pointsInAnyOrderGiveTheSame() {
    Networks.Case one =
        Networks.lattice(relu(2, 32, true), grid(2, 20, Interpolation.LINEAR), 16, 3, 5, BLAS);
    int[] order = new int[256];
    for (int i = 0; i < 256; i++) {
      order[i] = i * 77 % 256;
    }
    KernelSample shuffled =
        new KernelSample(one.sample().points().select(order), 2, 0, one.sample().targets());
    Networks.Case other =
        new Networks.Case(
            one.network(), one.encoding(), one.parameters(), shuffled, one.outputs(), BLAS);
    assertThat(bound(other, LIMITS)).isEqualTo(bound(one, LIMITS));
  }

  /** Levels that don't fit as a band count among the rest, which columns make up for. */
  @Test
  void coarseLevelsMayBeLeftOutOfTheBand() {
    Networks.Case one =
        Networks.lattice(relu(2, 32, true), grid(4, 40, Interpolation.LINEAR), 24, 3, 5, BLAS);
    AllPointsBound whole = bound(one, LIMITS);
    int least = 0;
    for (long bytes = 6 << 20; bytes < 80L << 20; bytes += 6 << 20) {
      AllPointsBound less = bound(one, new AllPointsBound.Limits(60, 1.05, bytes));
      least += less.lower() > 0 ? 1 : 0;
      assertThat(less.lower()).isLessThanOrEqualTo(whole.upper());
      assertThat(less.upper()).isGreaterThanOrEqualTo(whole.lower());
    }
    assertThat(least).isPositive();
  }

  @Test
  void encodingsWithoutASparseTermHaveAnUpperBoundAlone() {
    for (Encoding encoding : List.of(new Identity(), fourier(), colliding())) {
      Networks.Case one = Networks.lattice(relu(2, 32, true), encoding, 20, 3, 3, BLAS);
      AllPointsBound split =
          bound(one, new AllPointsBound.Limits(60, 1.05, encoding == null ? 0 : 6L << 20));
      assertThat(split.lower()).isZero();
      assertThat(split.upper()).isPositive();
      assertThat(split.columns()).isZero();
      assertThat(split.upper()).isGreaterThanOrEqualTo(dense(one, Method.GRAM).lambdaMinLower());
      assertThat(split.reason())
          .contains(encoding instanceof Hashgrid ? "is a band that fits in" : "has no grid");
    }
  }

  private static Encoding fourier() {
    return Fourier.gaussian(4, 3);
  }

  private static Encoding colliding() {
    return new Hashgrid(2, 2, 40, 2, 200, 0.01, Interpolation.LINEAR);
  }

  /** Fewer nodes than pixels: the grid's own term is singular, and so is the kernel. */
  @ParameterizedTest
  @EnumSource(Outputs.class)
  void aSingularKernelHasAnUpperBoundAndAReason(Outputs outputs) {
    Networks.Case one =
        Networks.lattice(relu(1, 8, true), grid(2, 4, Interpolation.LINEAR), 24, 3, 3, BLAS);
    AllPointsBound split =
        bound(with(one, outputs), new AllPointsBound.Limits(1e-4, 1.05, 1L << 30));
    assertThat(split.lower()).isZero();
    assertThat(split.upper()).isLessThan(1e-20);
    assertThat(split.reason()).contains("the grids' own term is singular: ");

    // More numbers than pixels, but fewer functions than pixels in an activation region.
    Networks.Case finer =
        Networks.lattice(relu(1, 8, true), grid(2, 12, Interpolation.LINEAR), 24, 3, 3, BLAS);
    AllPointsBound other = bound(with(finer, outputs), LIMITS);
    assertThat(other.lower()).isZero();
    assertThat(other.upper()).isLessThan(1e-20);
    assertThat(other.reason()).containsAnyOf("rounding", "singular");
  }

  @Test
  void aBudgetThatEndsLeavesWhatIsProved() {
    Networks.Case one =
        Networks.lattice(relu(2, 64, true), grid(2, 20, Interpolation.LINEAR), 24, 3, 1, BLAS);
    AllPointsBound close = bound(one, LIMITS);
    assertThat(close.columns()).isGreaterThan(8);
    AllPointsBound early = bound(one, new AllPointsBound.Limits(0.01, 1.05, 1L << 30));
    assertThat(early.reason()).startsWith("the budget ended");
    assertThat(early.lower()).isPositive().isLessThanOrEqualTo(close.upper());
    assertThat(early.upper()).isGreaterThanOrEqualTo(close.lower());
  }

  @Test
  void stopsBetweenStagesAndRefusesFloat32() {
    Networks.Case one =
        Networks.lattice(relu(2, 64, true), grid(2, 20, Interpolation.LINEAR), 24, 3, 1, BLAS);
    int[] stages = {0};
    Runnable count = () -> stages[0]++;
    AllPointsBound unused = AllPointsBound.of(all(one), LIMITS, BLAS, count);
    assertThat(stages[0]).isGreaterThan(20);
    for (int last = 0; last < stages[0]; last += 7) {
      int[] left = {last};
      Runnable stop =
          () -> {
            if (left[0]-- == 0) {
              throw new IllegalStateException("stopped");
            }
          };
      assertThatThrownBy(() -> AllPointsBound.of(all(one), LIMITS, BLAS, stop))
          .hasMessage("stopped");
    }
    assertThatThrownBy(() -> AllPointsBound.of(all(one), LIMITS, BLAS.inSingle(), count))
        .hasMessageContaining("ntk.precision is float");
  }
}
