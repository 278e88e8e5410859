package io.eigensweep.linalg;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_FDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F32;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * All eigenvalues of a real symmetric matrix, ascending, as the solver returns them: nothing is
 * clipped, rounded or sorted away, negative ones included.
 *
 * <p>LAPACK's {@code dsyevd} works on an off-heap copy (N³ work, N² copy), so that a factorisation
 * of minutes does not hold up the garbage collector; EJML's symmetric solver is the fallback and
 * the cross-check.
 */
public final class SymmetricEigenvalues {
  private SymmetricEigenvalues() {}

  /**
   * The eigenvalues of the symmetric {@code matrix}, of which the native solver reads one triangle.
   *
   * @throws IllegalArgumentException when an entry is not finite
   * @throws IllegalStateException when the solver does not converge
   */
  public static double[] of(DMatrixRMaj matrix, Blas blas) {
    requireSquareAndFinite(matrix);
    if (blas.isSingle()) {
      return blas.isNative() ? lapackSingle(matrix) : ejmlSingle(matrix);
    }
    return blas.isNative() ? lapack(matrix) : ejml(matrix);
  }

  private static void requireSquareAndFinite(DMatrixRMaj matrix) {
    if (matrix.numRows != matrix.numCols) {
      throw new IllegalArgumentException(
          "a symmetric matrix is square, got " + matrix.numRows + " × " + matrix.numCols);
    }
    int entries = matrix.getNumElements();
    for (int i = 0; i < entries; i++) {
      if (!Double.isFinite(matrix.data[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "entry (%d, %d) of the kernel is %s",
                i / matrix.numCols,
                i % matrix.numCols,
                matrix.data[i]));
      }
    }
  }

  private static double[] lapack(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    if (n == 0) {
      return new double[0];
    }
    try (DoublePointer a = new DoublePointer((long) n * n);
        DoublePointer w = new DoublePointer(n)) {
      a.put(matrix.data, 0, n * n);
      int info =
          openblas.LAPACKE_dsyevd(openblas.LAPACK_COL_MAJOR, (byte) 'N', (byte) 'U', n, a, n, w);
      if (info != 0) {
        throw new IllegalStateException("dsyevd failed with info " + info + " on N = " + n);
      }
      double[] values = new double[n];
      w.get(values);
      return values;
    }
  }

  /** LAPACK's {@code ssyevd}: the same in float32. */
  private static double[] lapackSingle(DMatrixRMaj matrix) {
    int n = matrix.numRows;
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
      int info =
          openblas.LAPACKE_ssyevd(openblas.LAPACK_COL_MAJOR, (byte) 'N', (byte) 'U', n, a, n, w);
      if (info != 0) {
        throw new IllegalStateException("ssyevd failed with info " + info + " on N = " + n);
      }
      float[] values = new float[n];
      w.get(values);
      return doubles(values);
    }
  }

  private static double[] ejmlSingle(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    FMatrixRMaj single = new FMatrixRMaj(n, n);
    for (int i = 0; i < n * n; i++) {
      single.data[i] = (float) matrix.data[i];
    }
    EigenDecomposition_F32<FMatrixRMaj> solver = DecompositionFactory_FDRM.eig(n, false, true);
    if (!solver.decompose(single)) {
      throw new IllegalStateException("EJML's symmetric solver did not converge on N = " + n);
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = solver.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    return doubles(values);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** EJML's tridiagonal QR solver on a copy of the matrix. */
  static double[] ejml(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, false, true);
    if (!solver.decompose(matrix.copy())) {
      throw new IllegalStateException("EJML's symmetric solver did not converge on N = " + n);
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = solver.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    return values;
  }
}
