package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds that say what rounding leaves, and no more. */
class BoundsTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);

  @Test
  void aSmallerCertificateTakesThePlaceOfTheUpperBound() {
    SpectrumBuilder.Bounds bounds =
        new SpectrumBuilder.Bounds(1, 3).with(new ShortCertificates.Certificate(2, "ray"));
    assertThat(bounds).isEqualTo(new SpectrumBuilder.Bounds(1, 2, "ray"));
    assertThat(bounds.with(new ShortCertificates.Certificate(2.5, "block"))).isEqualTo(bounds);
  }

  @Test
  void boundsThatExcludeEachOtherProveNothing() {
    SpectrumBuilder.Bounds bounds = new SpectrumBuilder.Bounds(1, 3);
    SpectrumBuilder.Bounds open = bounds.with(new ShortCertificates.Certificate(0.9, "ray"));
    assertThat(open).isEqualTo(new SpectrumBuilder.Bounds(0, 3, "contradiction: ray"));
    assertThat(open.with(new ShortCertificates.Certificate(0.1, "block")).from())
        .isEqualTo("contradiction: ray");
    assertThat(new SpectrumBuilder.Bounds(4, 5).beside(bounds))
        .isEqualTo(new SpectrumBuilder.Bounds(0, 5, "contradiction: gram"));
    assertThat(bounds.beside(new SpectrumBuilder.Bounds(4, 5)))
        .isEqualTo(new SpectrumBuilder.Bounds(0, 5, "contradiction: gram"));
    assertThat(bounds.beside(new SpectrumBuilder.Bounds(2, 5))).isEqualTo(bounds);
    assertThat(bounds.beside(open)).isEqualTo(open);
  }

  @Test
  void noContradictionOnRealKernels() {
    for (Activation activation : Activation.values()) {
      NetworkSettings network =
          new NetworkSettings(2, 32, activation, Parameterization.WIDTH, true);
      Networks.Case one = Networks.lattice(network, new Identity(), 8, 1, 2, BLAS);
      for (Spectrum spectrum : one.spectra(settings(Method.JACOBIAN, Precision.DOUBLE))) {
        assertThat(spectrum.upperFrom()).doesNotContain("contradiction");
      }
    }
  }

  private static NtkSettings settings(Method method, Precision precision) {
    return new NtkSettings(
        new SamplePoints(64, Pattern.LATTICE),
        List.of(Checkpoint.at(0)),
        Outputs.MEAN,
        precision,
        method,
        60,
        Terms.GROUPS,
        false);
  }

  /**
   * Two numbers per node can't tell three outputs apart: the blocks of {@code full} are singular.
   */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void theSchurBoundOfSingularBlocksIsZero(Activation activation) {
    NetworkSettings network = new NetworkSettings(2, 24, activation, Parameterization.WIDTH, true);
    Multigrid encoding = new Multigrid(1, 2, 24, 2, 0.5, Interpolation.LINEAR);
    double[] x = {0.1, 0.2, 0.8, 0.3, 0.4, 0.9};
    Networks.Case one = Networks.of(network, encoding, x, 0, 3, Outputs.FULL, 1, BLAS);
    assertThat(SchurBound.grid(one.factors(), new double[] {0.25}, error(one), BLAS)).isZero();
    Networks.Case mean = Networks.of(network, encoding, x, 0, 3, Outputs.MEAN, 1, BLAS);
    assertThat(SchurBound.grid(mean.factors(), new double[] {0.25}, error(mean), BLAS))
        .isPositive();
  }

  private static RoundingError error(Networks.Case one) {
    EvaluationError evaluation =
        EvaluationError.of(
            io.eigensweep.network.ForwardPass.of(
                one.network(), one.parameters(), one.sample().points(), BLAS),
            one.network().activation(),
            BLAS.epsilon(),
            BLAS);
    return RoundingError.of(one.factors(), evaluation, BLAS);
  }

  private static Spectrum spectrum(double floor, double... eigenvalues) {
    return new Spectrum(
        0,
        "total",
        Scope.SAMPLE,
        16,
        null,
        "gram",
        floor,
        0,
        0,
        null,
        0,
        0,
        "floor",
        false,
        0,
        KernelFacts.NONE,
        eigenvalues);
  }

  @Test
  void theSlackOfWeylsInequalityIsKnownOrNull() {
    Spectrum mlp = spectrum(0.01, 1, 2);
    Spectrum grid = spectrum(0.01, 0.5, 0.7);
    assertThat(WeylSlack.of(spectrum(0.01, 1.75, 2.6), mlp, grid)).isEqualTo(2.6 - 2 - 0.5);
    assertThat(WeylSlack.of(spectrum(0.04, 1.75, 2.6), mlp, grid)).isNull();
    assertThat(WeylSlack.of(spectrum(0.01, 1.75, 2.501), mlp, grid)).isNull();
  }

  private static double[] diagonal(int n, java.util.function.IntToDoubleFunction value) {
    double[] diagonal = new double[n];
    Arrays.setAll(diagonal, value);
    return diagonal;
  }

  private static double largest(double[] diagonal) {
    return Lanczos.largestEigenvalue(
        v -> diagonal(v.length, i -> diagonal[i] * v[i]),
        diagonal(diagonal.length, i -> 1 + 0.1 * Math.sin(i)));
  }

  /**
   * A separate largest one, a dense edge that 128 steps don't resolve, repeated ones, one alone.
   */
  @Test
  void theLargestEigenvalueIsFromAbove() {
    for (double[] diagonal :
        List.of(
            diagonal(500, i -> i == 77 ? 10 : Math.cos(i)),
            diagonal(20_000, i -> 2 - 2 * Math.cos(Math.PI * i / 20_000)),
            diagonal(100, i -> i < 50 ? 3 : i * 0.01),
            diagonal(1, i -> 4))) {
      double expected = Arrays.stream(diagonal).max().orElseThrow();
      assertThat(largest(diagonal)).isBetween(expected * (1 - 1e-14), expected * (1 + 1e-3));
    }
    assertThat(largest(diagonal(500, i -> i == 77 ? 10 : Math.cos(i)))).isLessThan(10 + 2e-6);
  }

  @Test
  void aKernelOfZerosHasNoLargestEigenvalue() {
    assertThat(largest(new double[5])).isZero();
    Spectrum zero = SpectrumBuilder.gram(0, "total", new DMatrixRMaj(3, 3), 4, BLAS);
    assertThat(zero.resolved()).isFalse();
  }
}
