package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.ReferenceNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpectrumTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);
  private static final List<Parameterization> PARAMETERIZATIONS =
      List.of(Parameterization.WIDTH, Parameterization.FAN_IN, Parameterization.STANDARD);

  private static NetworkSettings relu(int width, boolean bias) {
    return new NetworkSettings(2, width, Activation.RELU, Parameterization.WIDTH, bias);
  }

  private static NtkSettings settings(Method method, Precision precision, Terms terms) {
    return new NtkSettings(
        new SamplePoints(1024, Pattern.LATTICE),
        List.of(Checkpoint.at(0)),
        Outputs.MEAN,
        precision,
        method,
        60,
        terms,
        false);
  }

  private static Spectrum total(Networks.Case one, Method method) {
    return one.spectra(settings(method, Precision.DOUBLE, Terms.GROUPS)).get(0);
  }

  private static Multigrid multigrid(int resolution) {
    return new Multigrid(2, 2, resolution, 2, 0.5, Interpolation.LINEAR);
  }

  /** Without biases pixels on a ray from the corner are dependent: 32 × 32 pixels are singular. */
  @Test
  void identityWithoutBiasesIsProvedSingular() {
    Networks.Case one = Networks.lattice(relu(64, false), new Identity(), 32, 1, 0, BLAS);
    Spectrum gram = total(one, Method.GRAM);
    assertThat(gram.resolved()).isFalse();
    assertThat(gram.negatives()).isGreaterThan(50);
    assertThat(gram.lambdaMinUpper()).isLessThan(1e-25);
    assertThat(gram.upperFrom()).isIn("ray", "second-difference", "block");
    Spectrum jacobian = total(one, Method.JACOBIAN);
    assertThat(jacobian.resolved()).isFalse();
    assertThat(jacobian.rank()).isEqualTo(jacobian.facts().predictedRank());
    assertThat(jacobian.rank()).isLessThan(1024);
  }

  @Test
  void identityWithBiasesIsResolvedBelowTheFloorOfSinglePrecision() {
    Networks.Case one = Networks.lattice(relu(512, true), new Identity(), 32, 1, 0, BLAS);
    Spectrum spectrum = total(one, Method.AUTO);
    assertThat(spectrum.resolved()).isTrue();
    assertThat(spectrum.lambdaMin()).isBetween(1e-13, 1e-8);
    assertThat(spectrum.rank()).isEqualTo(1024);
    Spectrum single = one.spectra(settings(Method.AUTO, Precision.FLOAT, Terms.GROUPS)).get(0);
    assertThat(single.resolved()).isFalse();
    assertThat(single.lambdaMinUpper()).isGreaterThan(spectrum.lambdaMin());
  }

  @Test
  void weylAndSchurHoldOnRandomNetworks() {
    for (int seed = 0; seed < 20; seed++) {
      Activation activation = seed % 3 == 0 ? Activation.TANH : Activation.RELU;
      NetworkSettings network =
          new NetworkSettings(
              1 + seed % 3, 12, activation, PARAMETERIZATIONS.get(seed % 3), seed % 2 == 0);
      int k = 5 + seed % 4;
      Networks.Case one = Networks.lattice(network, multigrid(2 * k + seed % 5), k, 3, seed, BLAS);
      List<Spectrum> spectra = one.spectra(settings(Method.AUTO, Precision.DOUBLE, Terms.LAYERS));
      Spectrum total = spectra.get(0);
      Spectrum grid = spectra.get(2);
      double floor = total.floor() + spectra.get(1).floor() + grid.floor();
      Double slack = total.facts().weylSlack();
      assertThat(slack == null || slack > floor).isTrue();
      double schur = Objects.requireNonNull(total.facts().schurBound());
      assertThat(schur).isLessThanOrEqualTo(total.lambdaMinUpper());
      if (total.resolved()) {
        assertThat(schur).isLessThanOrEqualTo(total.lambdaMin());
      }
      for (Spectrum spectrum : spectra) {
        assertThat(spectrum.rank()).isLessThanOrEqualTo(spectrum.facts().predictedRank());
        assertThat(spectrum.lambdaMinLower()).isLessThanOrEqualTo(spectrum.lambdaMinUpper());
        assertThat(spectrum.eigenvalues()).isSorted();
      }
    }
  }

  @Test
  void schurBoundIsPositiveWhereEveryPointHasNodesOfItsOwn() {
    Networks.Case one = Networks.lattice(relu(16, true), multigrid(24), 8, 3, 1, BLAS);
    List<Spectrum> spectra = one.spectra(settings(Method.GRAM, Precision.DOUBLE, Terms.GROUPS));
    double schur = Objects.requireNonNull(spectra.get(0).facts().schurBound());
    assertThat(schur).isPositive().isLessThan(spectra.get(0).lambdaMin());
    assertThat(spectra.get(2).facts().overlapLambdaMin()).hasSize(2);
  }

  /** s cells per axis and a point at each cell's centre: sin(π/(2(s+1)))^4. */
  @Test
  void overlapOfCellCentresHasItsClosedForm() {
    for (int k : new int[] {4, 16, 33}) {
      Networks.Case one =
          Networks.lattice(
              relu(2, true), new Multigrid(1, 1, k, 2, 0.1, Interpolation.LINEAR), k, 1, 0, BLAS);
      double expected = Math.pow(Math.sin(Math.PI / (2 * (k + 1))), 4);
      double lower = SchurBound.overlap(one.sample().points().levels().get(0), k, BLAS);
      assertThat(lower).isCloseTo(expected, within(1e-9 * expected)).isLessThan(expected);
      double dense = SchurBound.overlap(one.sample().points().levels().get(0), 0, BLAS);
      assertThat(dense).isCloseTo(expected, within(1e-9)).isLessThan(expected);
    }
  }

  @Test
  void everyLayerAndLevelEqualsAnExplicitJacobian() {
    for (Outputs outputs : Outputs.values()) {
      NetworkSettings network =
          new NetworkSettings(3, 7, Activation.TANH, Parameterization.WIDTH, true);
      Networks.Case one = Networks.multigrid(network, outputs, 6, 4, BLAS);
      ReferenceNetwork reference = new ReferenceNetwork(network, one.sample().points());
      List<JacobianFactors> terms = one.terms().subList(1, one.terms().size());
      for (int term = 0; term < terms.size(); term++) {
        DMatrixRMaj kernel = one.kernel(terms.get(term));
        for (int i = 0; i < kernel.numRows; i++) {
          for (int j = 0; j < kernel.numRows; j++) {
            double expected = entry(reference, one, outputs, term, i, j);
            assertThat(kernel.get(i, j)).isCloseTo(expected, within(1e-13));
          }
        }
      }
    }
  }

  private static double entry(
      ReferenceNetwork reference, Networks.Case one, Outputs outputs, int term, int i, int j) {
    if (outputs == Outputs.FULL) {
      return dot(
          part(reference, one, term, i / 3, i % 3), part(reference, one, term, j / 3, j % 3));
    }
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      sum += dot(part(reference, one, term, i, c), part(reference, one, term, j, c));
    }
    return outputs == Outputs.MEAN ? sum / 3 : sum;
  }

  /** One layer's or one level's part of ∇_θ f_c(x_i). */
  private static double[] part(
      ReferenceNetwork reference, Networks.Case one, int term, int i, int c) {
    var row = reference.jacobianRow(one.parameters(), i, c);
    int layers = row.weights().size();
    return ReferenceNetwork.flat(
        term < layers
            ? List.of(row.weights().get(term), row.biases().get(term))
            : List.of(row.grids().get(term - layers)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void oddPointSetsGiveRealAscendingValuesAndTheRightRanks() {
    double[][] sets = {
      {0.3, 0.4},
      {0, 0, 1, 1},
      {0.2, 0.7, 0.2, 0.7, 0.9, 0.1, 0.2, 0.7},
      {0, 0, 1, 1, 0, 1, 1, 0, 0.5, 0.5},
      {0.25, 0.5, 0.25 + 1e-15, 0.5, 0.75, 0.5},
    };
    int[] ranks = {1, 2, 2, 5, 2};
    for (Encoding encoding :
        List.of(new Identity(), new Fourier(3), Fourier.gaussian(3, 2), multigrid(9))) {
      for (int set = 0; set < sets.length; set++) {
        for (Method method : Method.values()) {
          Networks.Case one =
              Networks.of(relu(24, true), encoding, sets[set], 0, 3, Outputs.MEAN, 2, BLAS);
          for (Spectrum spectrum : one.spectra(settings(method, Precision.DOUBLE, Terms.LAYERS))) {
            assertThat(spectrum.eigenvalues())
                .hasSize(sets[set].length / 2)
                .isSorted()
                .doesNotContain(Double.NaN);
            assertThat(spectrum.lambdaMinUpper()).isFinite();
          }
          Spectrum total = total(one, method);
          int limit = Objects.requireNonNull(total.facts().predictedRank());
          assertThat(total.rank()).isLessThanOrEqualTo(limit);
          if (method == Method.JACOBIAN) {
            assertThat(total.rank()).isEqualTo(ranks[set]);
          }
        }
      }
    }
  }

  @Test
  void fewerParametersThanPointsLimitTheRank() {
    NetworkSettings network =
        new NetworkSettings(1, 2, Activation.TANH, Parameterization.WIDTH, true);
    Networks.Case one = Networks.lattice(network, new Identity(), 6, 1, 1, BLAS);
    Spectrum spectrum = total(one, Method.JACOBIAN);
    assertThat(spectrum.facts().predictedRank()).isEqualTo(9);
    assertThat(spectrum.rank()).isEqualTo(9);
    assertThat(spectrum.lambdaMin()).isNull();
  }

  /** The evaluation error that the bounds allow for, against the measured one of float32. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void float32JacobiansStayWithinTheModelOfRounding(Activation activation) {
    for (int seed = 0; seed < 9; seed++) {
      NetworkSettings network =
          new NetworkSettings(1 + seed % 4, 96, activation, PARAMETERIZATIONS.get(seed / 3), true);
      Networks.Case one = Networks.multigrid(network, Outputs.FULL, 12, seed, BLAS);
      Blas single = BLAS.inSingle();
      ForwardPass exact = ForwardPass.of(network, one.parameters(), one.sample().points(), BLAS);
      ForwardPass rounded =
          ForwardPass.of(network, one.parameters(), one.sample().points(), single);
      JacobianFactors a = JacobianFactors.of(exact, Outputs.FULL, BLAS);
      JacobianFactors b = JacobianFactors.of(rounded, Outputs.FULL, single);
      EvaluationError model = EvaluationError.of(rounded, activation, single.epsilon(), BLAS);
      for (int layer = 0; layer < a.layers().size(); layer++) {
        assertThat(relative(a.layers().get(layer).delta(), b.layers().get(layer).delta()))
            .isLessThan(model.whole() / 2);
        assertThat(relative(a.layers().get(layer).input(), b.layers().get(layer).input()))
            .isLessThan(model.whole() / 2);
      }
      for (int level = 0; level < a.levels().size(); level++) {
        assertThat(relative(a.levels().get(level).gradient(), b.levels().get(level).gradient()))
            .isLessThan(model.whole() / 2);
      }
    }
  }

  /** In the Frobenius norm, in which the floors use it. */
  private static double relative(DMatrixRMaj exact, DMatrixRMaj rounded) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < exact.getNumElements(); i++) {
      difference += Math.pow(exact.data[i] - rounded.data[i], 2);
      norm += Math.pow(exact.data[i], 2);
    }
    return Math.sqrt(difference / norm);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void ranksStayWithinTheirLimitsForEveryActivationAndInterpolation(Activation activation) {
    for (Interpolation interpolation : Interpolation.values()) {
      for (int seed = 0; seed < 3; seed++) {
        NetworkSettings network =
            new NetworkSettings(1 + seed, 40, activation, Parameterization.WIDTH, seed != 1);
        Multigrid encoding = new Multigrid(2, 3, 2 + seed, 2, 0.5, interpolation);
        Spectrum total =
            total(Networks.lattice(network, encoding, 10, 3, seed, BLAS), Method.JACOBIAN);
        assertThat(total.rank()).isLessThanOrEqualTo(total.facts().predictedRank());
      }
    }
  }

  /** One cell and two units of ReLU, so that regions are few; B-splines reach the limit. */
  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void fewRegionsAndCellsLimitTheRankOfEveryInterpolation(Interpolation interpolation) {
    int reached = 0;
    for (int seed = 0; seed < 6; seed++) {
      Multigrid encoding = new Multigrid(1, 8, 1, 2, 0.5, interpolation);
      Networks.Case one = Networks.lattice(relu(2, true), encoding, 16, 3, seed, BLAS);
      Spectrum total = total(one, Method.JACOBIAN);
      int limit = Objects.requireNonNull(total.facts().predictedRank());
      assertThat(limit).isLessThan(60);
      assertThat(total.rank()).isBetween(limit / 4, limit);
      reached += total.rank() == limit ? 1 : 0;
    }
    assertThat(reached > 0).isEqualTo(interpolation == Interpolation.CUBIC_B_SPLINE);
  }

  @Test
  void floatIsComputedInFloatAndResolvesLess() {
    Networks.Case one = Networks.lattice(relu(64, true), new Identity(), 12, 1, 3, BLAS);
    Spectrum single = one.spectra(settings(Method.AUTO, Precision.FLOAT, Terms.GROUPS)).get(0);
    Spectrum twice = one.spectra(settings(Method.AUTO, Precision.DOUBLE, Terms.GROUPS)).get(0);
    assertThat(Arrays.stream(single.eigenvalues()).allMatch(x -> x == (float) x)).isTrue();
    assertThat(single.floor()).isGreaterThan(1e8 * 0.1 * twice.floor());
    assertThat(single.negatives()).isPositive();
    assertThat(single.resolved()).isFalse();
    assertThat(single.lambdaMax()).isCloseTo(twice.lambdaMax(), within(1e-5 * twice.lambdaMax()));
  }

  @Test
  void jacobianRouteInFloatIsRefused() {
    assertThatThrownBy(() -> settings(Method.JACOBIAN, Precision.FLOAT, Terms.GROUPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("method jacobian");
  }

  @Test
  void aBudgetOfZeroKeepsTheGramRoute() {
    Networks.Case one = Networks.lattice(relu(32, false), new Identity(), 8, 1, 0, BLAS);
    NtkSettings none =
        new NtkSettings(
            new SamplePoints(64, Pattern.LATTICE),
            List.of(Checkpoint.at(0)),
            Outputs.MEAN,
            Precision.DOUBLE,
            Method.AUTO,
            0,
            Terms.GROUPS,
            false);
    assertThat(one.spectra(none).get(0).method()).isEqualTo("gram");
    assertThat(total(one, Method.AUTO).method()).isEqualTo("jacobian");
  }
}
