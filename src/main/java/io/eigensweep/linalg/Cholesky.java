package io.eigensweep.linalg;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.jspecify.annotations.Nullable;

/** The Cholesky factor of a symmetric matrix, by LAPACK's {@code dpotrf} off-heap or EJML. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * L with L·Lᵀ = {@code matrix} + {@code shift}·I up to rounding, its upper half zero; null where
   * that matrix is not positive definite in float64.
   */
  public static @Nullable DMatrixRMaj lower(DMatrixRMaj matrix, double shift, Blas blas) {
    int n = matrix.numRows;
    DMatrixRMaj factor = new DMatrixRMaj(n, n);
    if (!blas.isNative()) {
      factor.setTo(matrix);
      for (int i = 0; i < n; i++) {
        factor.add(i, i, shift);
      }
      CholeskyDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.chol(n, true);
      return solver.decompose(factor) ? solver.getT(factor) : null;
    }
    try (DoublePointer a = new DoublePointer((long) n * n)) {
      if (!factor(matrix, shift, a)) {
        return null;
      }
      a.get(factor.data, 0, n * n);
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(factor.data, i * n + i + 1, (i + 1) * n, 0);
    }
    return factor;
  }

  /** Whether {@code matrix} + {@code shift}·I has a factor, up to rounding. */
  public static boolean exists(DMatrixRMaj matrix, double shift, Blas blas) {
    if (!blas.isNative()) {
      return lower(matrix, shift, blas) != null;
    }
    try (DoublePointer a = new DoublePointer((long) matrix.numRows * matrix.numRows)) {
      return factor(matrix, shift, a);
    }
  }

  /**
   * Puts the upper factor of {@code matrix} + {@code shift}·I into {@code target}, column-major,
   * which is the lower one row-major; false where there is none.
   */
  static boolean factor(DMatrixRMaj matrix, double shift, DoublePointer target) {
    int n = matrix.numRows;
    target.put(matrix.data, 0, n * n);
    for (int i = 0; i < n; i++) {
      target.put((long) i * n + i, matrix.data[i * n + i] + shift);
    }
    return openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, target, n) == 0;
  }
}
