package io.eigensweep.linalg;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_FDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F32;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * All eigenvalues of a real symmetric matrix, ascending, as the solver returns them: nothing is
 * clipped or rounded, negative ones included.
 *
 * <p>LAPACK does the work ({@link LapackEigenvalues}); EJML's symmetric solver is the fallback and
 * the cross-check. Large matrices are looked at for zeros first: where rows fall apart into blocks
 * that share no entry, as those of a fine grid on a lattice do, each block is solved by itself,
 * which is exact and takes next to no time. Small ones are solved as they are, to the same bits as
 * ever.
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
    return matrix.numRows < LapackEigenvalues.TWO_STAGES
        ? whole(matrix, blas)
        : blocks(matrix, blas);
  }

  /** The eigenvalues of all blocks that have no entry with another. */
  static double[] blocks(DMatrixRMaj matrix, Blas blas) {
    int n = matrix.numRows;
    double[] values = new double[n];
    boolean[] seen = new boolean[n];
    int[] rows = new int[n];
    int end = 0;
    for (int first = 0; end < n; first++) {
      if (!seen[first]) {
        int begin = end;
        seen[first] = true;
        rows[end++] = first;
        for (int at = begin; at < end && end < n; at++) {
          for (int j = 0; j < n; j++) {
            if (!seen[j] && matrix.data[rows[at] * n + j] != 0) {
              seen[j] = true;
              rows[end++] = j;
            }
          }
        }
        double[] own = whole(block(matrix, Arrays.copyOfRange(rows, begin, end)), blas);
        System.arraycopy(own, 0, values, begin, own.length);
      }
    }
    Arrays.sort(values);
    return values;
  }

  private static DMatrixRMaj block(DMatrixRMaj matrix, int[] rows) {
    if (rows.length == matrix.numRows) {
      return matrix;
    }
    DMatrixRMaj block = new DMatrixRMaj(rows.length, rows.length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        block.set(i, j, matrix.get(rows[i], rows[j]));
      }
    }
    return block;
  }

  private static double[] whole(DMatrixRMaj matrix, Blas blas) {
    if (blas.isNative()) {
      return LapackEigenvalues.of(matrix, blas.isSingle());
    }
    return blas.isSingle() ? ejmlSingle(matrix) : ejml(matrix);
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
    return LapackEigenvalues.doubles(values);
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
