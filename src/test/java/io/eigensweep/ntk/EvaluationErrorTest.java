package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Identity;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.network.ReferenceNetwork;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What rounding does to rows of J, in float32 against float64, and what the bounds allow for. */
class EvaluationErrorTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);
  private static final Blas SINGLE = BLAS.inSingle();

  private static Networks.Case network(Activation activation, int hidden, long seed) {
    NetworkSettings network =
        new NetworkSettings(hidden, 64, activation, Parameterization.WIDTH, true);
    return Networks.multigrid(network, Outputs.FULL, 12, seed, BLAS);
  }

  private static Parameters scaled(Parameters parameters, double factor) {
    Parameters scaled = ReferenceNetwork.copy(parameters);
    scaled.weights().forEach(w -> CommonOps_DDRM.scale(factor, w));
    scaled.biases().forEach(b -> CommonOps_DDRM.scale(factor, b));
    return scaled;
  }

  private static ForwardPass pass(Networks.Case one, Parameters parameters, Blas blas) {
    return ForwardPass.of(one.network(), parameters, one.sample().points(), blas);
  }

  private static EvaluationError error(ForwardPass pass, Activation activation, Blas blas) {
    return EvaluationError.of(pass, activation, blas.epsilon(), BLAS);
  }

  /** ‖ΔJ_r‖/‖J_r‖ of the worst row of the worst layer alone; at most 2, where all is lost. */
  private static double worstRow(JacobianFactors exact, JacobianFactors rounded) {
    double worst = 0;
    for (int l = 0; l < exact.layers().size(); l++) {
      JacobianFactors.Layer a = exact.layers().get(l);
      JacobianFactors.Layer b = rounded.layers().get(l);
      double t = a.scale().bias() / a.scale().weight();
      for (int row = 0; row < exact.rows(); row++) {
        int point = row / exact.rowsPerPoint();
        double delta = distance(a.delta(), b.delta(), row);
        double input = distance(a.input(), b.input(), point);
        double size = norm(a.delta(), row);
        if (size > 0) {
          double share = input / Math.hypot(norm(a.input(), point), t);
          worst = Math.max(worst, Math.min(2, delta / size + share));
        }
      }
    }
    return worst;
  }

  private static double norm(DMatrixRMaj matrix, int row) {
    return distance(matrix, new DMatrixRMaj(matrix.numRows, matrix.numCols), row);
  }

  private static double distance(DMatrixRMaj a, DMatrixRMaj b, int row) {
    double square = 0;
    for (int j = 0; j < a.numCols; j++) {
      square += Math.pow(a.get(row, j) - b.get(row, j), 2);
    }
    return Math.sqrt(square);
  }

  /** Weights as they are drawn, and 30 and 100 times as large: sums of hundreds, tanh saturated. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyRowOfEveryLayerStaysWithinTheErrorAlsoWithLargeWeights(Activation activation) {
    for (double factor : new double[] {1, 30, 100}) {
      for (int seed = 0; seed < 6; seed++) {
        Networks.Case one = network(activation, 1 + seed % 3, seed);
        Parameters parameters = scaled(one.parameters(), factor);
        ForwardPass rounded = pass(one, parameters, SINGLE);
        double worst =
            worstRow(
                JacobianFactors.of(pass(one, parameters, BLAS), Outputs.FULL, BLAS),
                JacobianFactors.of(rounded, Outputs.FULL, SINGLE));
        assertThat(worst)
            .as("weights %s times, seed %d", factor, seed)
            .isLessThan(error(rounded, activation, SINGLE).row());
      }
    }
  }

  /** As weights are drawn the error is that of ten to a few hundred roundings, not of thousands. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void theErrorOfWeightsAsDrawnIsSmall(Activation activation) {
    for (int seed = 0; seed < 6; seed++) {
      Networks.Case one = network(activation, 1 + seed % 3, seed);
      EvaluationError error = error(pass(one, one.parameters(), BLAS), activation, BLAS);
      double sine = activation == Activation.SINE ? Math.pow(60, 1 + seed % 3) : 1;
      assertThat(error.whole() / (6 * 8 * Math.ulp(1.0))).isBetween(1.0, 12 * sine);
      assertThat(error.row()).isBetween(error.whole() / 2, 20 * sine * error.whole());
    }
  }

  /** The derivative of tanh as 1 − tanh² had lost all digits there. */
  @Test
  void saturationCostsNoMoreThanTheSums() {
    Networks.Case one = network(Activation.TANH, 1, 3);
    Parameters parameters = scaled(one.parameters(), 100);
    double saturated = error(pass(one, parameters, BLAS), Activation.TANH, BLAS).row();
    double drawn = error(pass(one, one.parameters(), BLAS), Activation.TANH, BLAS).row();
    assertThat(saturated).isBetween(2 * drawn, 2000 * drawn).isLessThan(1e-10);
  }

  /** Differences of neighbours, 10⁶ times: their sums keep six digits less. */
  @Test
  void termsThatCancelAreSeen() {
    NetworkSettings settings =
        new NetworkSettings(1, 16, Activation.TANH, Parameterization.FAN_IN, false);
    double[] diagonal = {0.25, 0.250001, 0.5, 0.500001, 0.75, 0.750001};
    Networks.Case one =
        Networks.of(settings, new Identity(), diagonal, 0, 1, Outputs.MEAN, 1, BLAS);
    double plain = error(pass(one, one.parameters(), BLAS), Activation.TANH, BLAS).whole();
    Parameters differences = ReferenceNetwork.copy(one.parameters());
    for (int unit = 0; unit < 16; unit++) {
      differences.weights().get(0).set(unit, 1, -differences.weights().get(0).get(unit, 0));
    }
    double cancelled = error(pass(one, differences, BLAS), Activation.TANH, BLAS).whole();
    assertThat(cancelled).isBetween(1e4 * plain, 1e8 * plain);
  }

  /** A sum that may be on either side of a ReLU's kink leaves the unit's whole share open. */
  @Test
  void aReluAtItsKinkIsOpen() {
    NetworkSettings settings =
        new NetworkSettings(1, 16, Activation.RELU, Parameterization.FAN_IN, false);
    double[] points = {0.5, 0.25, 0.75, 0.5};
    Networks.Case one = Networks.of(settings, new Identity(), points, 0, 1, Outputs.MEAN, 1, BLAS);
    Parameters parameters = ReferenceNetwork.copy(one.parameters());
    double clear = error(pass(one, parameters, BLAS), Activation.RELU, BLAS).whole();
    parameters.weights().get(0).set(0, 0, 1);
    parameters.weights().get(0).set(0, 1, -2 + 0x1p-50);
    double open = error(pass(one, parameters, BLAS), Activation.RELU, BLAS).whole();
    assertThat(clear).isLessThan(1e-13);
    assertThat(open).isGreaterThan(1e-3);
  }
}
