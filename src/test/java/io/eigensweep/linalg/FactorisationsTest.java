package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Triangles of Cholesky and QR factorisations, by both libraries. */
class FactorisationsTest {

  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void aCholeskyFactorGivesTheShiftedMatrix(BlasChoice choice) {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{4, 2, 1}, {2, 3, 0}, {1, 0, 5}});
    DMatrixRMaj copy = matrix.copy();

    DMatrixRMaj factor = Objects.requireNonNull(Cholesky.lower(matrix, -1, Blas.of(choice)));

    DMatrixRMaj product = new DMatrixRMaj(3, 3);
    CommonOps_DDRM.multTransB(factor, factor, product);
    CommonOps_DDRM.addEquals(product, CommonOps_DDRM.identity(3));
    assertThat(product.data).containsExactly(matrix.data, within(1e-14));
    assertThat(matrix.data).isEqualTo(copy.data);
    assertThat(new double[] {factor.get(0, 1), factor.get(0, 2), factor.get(1, 2)}).containsOnly(0);
    assertThat(Cholesky.lower(matrix, -2, Blas.of(choice))).isNull();
  }

  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void theInverseTriangleMakesColumnsOrthonormal(BlasChoice choice) {
    RandomStream random = RandomStream.of("factorisations", 1);
    DMatrixRMaj tall = new DMatrixRMaj(9, 4);
    Arrays.setAll(tall.data, i -> random.nextGaussian());
    try (StreamedQr qr = new StreamedQr(4, 5, Blas.of(choice))) {
      append(qr, tall, 0, 5);
      append(qr, tall, 5, 9);
      DMatrixRMaj inverse = Objects.requireNonNull(qr.inverse());
      DMatrixRMaj basis = new DMatrixRMaj(9, 4);
      CommonOps_DDRM.mult(tall, inverse, basis);
      DMatrixRMaj gram = new DMatrixRMaj(4, 4);
      CommonOps_DDRM.multTransA(basis, basis, gram);
      assertThat(gram.data).containsExactly(CommonOps_DDRM.identity(4).data, within(1e-14));
      assertThat(inverse.get(2, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void aColumnOfZerosHasTheSingularValueZero(BlasChoice choice) {
    DMatrixRMaj tall = new DMatrixRMaj(new double[][] {{0, 3}, {0, 4}, {0, 0}});
    try (StreamedQr qr = new StreamedQr(2, 3, Blas.of(choice))) {
      append(qr, tall, 0, 3);
      assertThat(qr.singularValues()).containsExactly(new double[] {0, 5}, within(1e-15));
      assertThat(qr.inverse()).isNull();
    }
  }

  private static void append(StreamedQr qr, DMatrixRMaj matrix, int from, int to) {
    qr.append(
        to - from,
        (column, target) -> {
          for (int i = from; i < to; i++) {
            target[i - from] = matrix.get(i, column);
          }
        });
  }
}
