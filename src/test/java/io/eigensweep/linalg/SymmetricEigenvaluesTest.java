package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SymmetricEigenvaluesTest {

  /** The second difference matrix: λ_j = 2 − 2cos(jπ/(n+1)). */
  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void solvesTheSecondDifferenceMatrix(BlasChoice choice) {
    int n = 60;
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      matrix.set(i, i, 2);
      if (i > 0) {
        matrix.set(i, i - 1, -1);
        matrix.set(i - 1, i, -1);
      }
      expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (n + 1));
    }
    assertThat(SymmetricEigenvalues.of(matrix, Blas.of(choice)))
        .containsExactly(expected, within(1e-13));
  }

  @Test
  void solversAgreeAndKeepNegativeValues() {
    RandomStream random = RandomStream.of("eigen", 3);
    int n = 120;
    DMatrixRMaj root = new DMatrixRMaj(n, n / 2);
    Arrays.setAll(root.data, i -> random.nextGaussian());
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multTransB(root, root, matrix);
    CommonOps_DDRM.addEquals(matrix, -3, CommonOps_DDRM.identity(n));
    double[] lapack = SymmetricEigenvalues.of(matrix, Blas.of(BlasChoice.NATIVE));
    double[] ejml = SymmetricEigenvalues.ejml(matrix);
    assertThat(lapack).containsExactly(ejml, within(1e-11)).isSorted();
    assertThat(lapack[0]).isCloseTo(-3, within(1e-11));
  }

  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void solvesOneByOneAndTwoByTwo(BlasChoice choice) {
    Blas blas = Blas.of(choice);
    assertThat(SymmetricEigenvalues.of(new DMatrixRMaj(new double[][] {{-4}}), blas))
        .containsExactly(-4);
    assertThat(SymmetricEigenvalues.of(new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}}), blas))
        .containsExactly(new double[] {-1, 3}, within(1e-15));
  }

  @Test
  void refusesEntriesThatAreNotFinite() {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{1, 2}, {Double.NaN, 1}});
    assertThatThrownBy(() -> SymmetricEigenvalues.of(matrix, Blas.of(BlasChoice.AUTO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry (1, 0) of the kernel is NaN");
  }
}
