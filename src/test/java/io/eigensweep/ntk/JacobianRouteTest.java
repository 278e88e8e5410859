package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.StreamedQr;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JacobianRouteTest {
  private static final int N = 256;

  /** J = U·diag(σ)·Vᵀ with σ_i² from 1e-24 to 1, 600 columns. */
  private static DMatrixRMaj graded() {
    java.util.Random random = new java.util.Random(5);
    DMatrixRMaj left = RandomMatrices_DDRM.orthogonal(N, N, random);
    DMatrixRMaj right = RandomMatrices_DDRM.orthogonal(600, N, random);
    for (int row = 0; row < N; row++) {
      for (int i = 0; i < N; i++) {
        left.data[row * N + i] *= Math.sqrt(lambda(i));
      }
    }
    DMatrixRMaj jacobian = new DMatrixRMaj(N, 600);
    CommonOps_DDRM.multTransB(left, right, jacobian);
    return jacobian;
  }

  private static double lambda(int i) {
    return Math.pow(10, -24 * (1 - i / (N - 1.0)));
  }

  private static double[] streamed(DMatrixRMaj jacobian, Blas blas) {
    int step = 130;
    try (StreamedQr triangle = new StreamedQr(jacobian.numRows, step, blas)) {
      for (int first = 0; first < jacobian.numCols; first += step) {
        int from = first;
        int rows = Math.min(step, jacobian.numCols - first);
        triangle.append(
            rows,
            (column, target) ->
                System.arraycopy(jacobian.data, column * jacobian.numCols + from, target, 0, rows));
      }
      return triangle.singularValues();
    }
  }

  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void returnsEigenvaluesOverTwentyFourOrdersWhereTheGramRouteResolvesNoneBelowItsFloor(
      BlasChoice choice) {
    Blas blas = Blas.of(choice);
    DMatrixRMaj jacobian = graded();
    double[] sigma = streamed(jacobian, blas);
    for (int i = 0; i < N; i++) {
      assertThat(sigma[i] * sigma[i]).isCloseTo(lambda(i), within(1e-3 * lambda(i)));
    }
    DMatrixRMaj kernel = new DMatrixRMaj(N, N);
    CommonOps_DDRM.multTransB(jacobian, jacobian, kernel);
    Spectrum gram = SpectrumBuilder.gram(0, "total", kernel, 600, blas);
    assertThat(gram.resolved()).isFalse();
    assertThat(gram.lambdaMin()).isNull();
    assertThat(gram.lambdaMinLower()).isZero();
    assertThat(gram.lambdaMinUpper()).isGreaterThan(lambda(0));
    int above = 0;
    for (int i = 0; i < N; i++) {
      above += lambda(i) > gram.floor() ? 1 : 0;
    }
    assertThat(gram.rank()).isCloseTo(above, within(1));
  }

  @ParameterizedTest
  @EnumSource(Outputs.class)
  void singularValuesAreTheRootsOfTheKernelsEigenvaluesForEveryTerm(Outputs outputs) {
    for (BlasChoice choice : BlasChoice.values()) {
      NetworkSettings network =
          new NetworkSettings(3, 9, Activation.TANH, Parameterization.FAN_IN, true);
      Networks.Case one = Networks.multigrid(network, outputs, 20, 3, Blas.of(choice));
      for (JacobianFactors factors : one.terms()) {
        DMatrixRMaj kernel = one.kernel(factors);
        double[] eigenvalues = io.eigensweep.linalg.SymmetricEigenvalues.of(kernel, one.blas());
        double[] sigma = JacobianRoute.singularValues(factors, one.blas());
        double largest = eigenvalues[eigenvalues.length - 1];
        for (int i = 0; i < sigma.length; i++) {
          assertThat(sigma[i] * sigma[i]).isCloseTo(eigenvalues[i], within(1e-12 * largest));
        }
      }
    }
  }

  @Test
  void givesZerosWhereThereAreFewerParametersThanPoints() {
    NetworkSettings network =
        new NetworkSettings(1, 2, Activation.TANH, Parameterization.WIDTH, true);
    Networks.Case one = Networks.identity(network, Outputs.SUM, 40, 1, Blas.of(BlasChoice.AUTO));
    double[] sigma = JacobianRoute.singularValues(one.factors(), one.blas());
    assertThat(one.factors().columns()).isEqualTo(9);
    assertThat(sigma).hasSize(40).isSorted();
    for (int i = 0; i < 31; i++) {
      assertThat(sigma[i]).isLessThan(1e-14);
    }
    assertThat(sigma[31]).isGreaterThan(1e-10);
  }
}
