package io.eigensweep.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;

/**
 * Eigenvalues of a symmetric matrix by LAPACK, on an off-heap copy (N³ work, N² copy), so that a
 * factorisation of minutes does not hold up the garbage collector.
 *
 * <p>{@code dsyevd} reduces the matrix to tridiagonal form, half of it in matrix-vector products
 * that wait for memory. {@code dsyevd_2stage} (Haidar, Ltaief and Dongarra 2011) reduces it to a
 * band of 32 first, in matrix products alone, and the band by Householder reflections of length 32;
 * it has no eigenvectors. Both end with the same {@code dsterf}. What rounding does is as bounded
 * as before, see {@code docs/numerics.md}.
 */
final class LapackEigenvalues {
  /** Rows from which on two stages are faster: what a cache of 32 MiB no longer holds. */
  static final int TWO_STAGES = 2560;

  /** Rows from which on two stages are faster in float32. */
  static final int TWO_STAGES_SINGLE = 3072;

  private static final byte VALUES = 'N';
  private static final byte UPPER = 'U';

  private LapackEigenvalues() {}

  /** Ascending, by the faster solver; in float32 where {@code single}. */
  static double[] of(DMatrixRMaj matrix, boolean single) {
    return of(matrix, single, matrix.numRows >= (single ? TWO_STAGES_SINGLE : TWO_STAGES));
  }

  /** Ascending, by the solver that is asked for. */
  static double[] of(DMatrixRMaj matrix, boolean single, boolean twoStages) {
    if (matrix.numRows == 0) {
      return new double[0];
    }
    return single ? singles(matrix, twoStages) : doubles(matrix, twoStages);
  }

  private static double[] doubles(DMatrixRMaj matrix, boolean twoStages) {
    int n = matrix.numRows;
    int order = openblas.LAPACK_COL_MAJOR;
    try (DoublePointer a = new DoublePointer((long) n * n);
        DoublePointer w = new DoublePointer(n)) {
      a.put(matrix.data, 0, n * n);
      requireSuccess(
          twoStages
              ? openblas.LAPACKE_dsyevd_2stage(order, VALUES, UPPER, n, a, n, w)
              : openblas.LAPACKE_dsyevd(order, VALUES, UPPER, n, a, n, w),
          twoStages ? "dsyevd_2stage" : "dsyevd",
          n);
      double[] values = new double[n];
      w.get(values);
      return values;
    }
  }

  private static double[] singles(DMatrixRMaj matrix, boolean twoStages) {
    int n = matrix.numRows;
    int order = openblas.LAPACK_COL_MAJOR;
    try (FloatPointer a = new FloatPointer((long) n * n);
        FloatPointer w = new FloatPointer(n)) {
      float[] row = new float[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          row[j] = (float) matrix.data[i * n + j];
        }
        a.position((long) i * n).put(row, 0, n);
      }
      a.position(0);
      requireSuccess(
          twoStages
              ? openblas.LAPACKE_ssyevd_2stage(order, VALUES, UPPER, n, a, n, w)
              : openblas.LAPACKE_ssyevd(order, VALUES, UPPER, n, a, n, w),
          twoStages ? "ssyevd_2stage" : "ssyevd",
          n);
      float[] values = new float[n];
      w.get(values);
      return doubles(values);
    }
  }

  private static void requireSuccess(int info, String solver, int n) {
    if (info != 0) {
      throw new IllegalStateException(solver + " failed with info " + info + " on N = " + n);
    }
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
