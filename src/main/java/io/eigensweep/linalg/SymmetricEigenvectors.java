package io.eigensweep.linalg;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix, by LAPACK's {@code dsyevd} off-heap or
 * EJML.
 *
 * @param values ascending
 * @param vectors row i is the unit eigenvector of value i
 */
@SuppressWarnings("ArrayRecordComponent") // a result that is read once; never compared
public record SymmetricEigenvectors(double[] values, DMatrixRMaj vectors) {
  /** The largest N whose workspace, 1 + 6N + 2N² numbers, has a length of 31 bits. */
  private static final int MOST_ROWS = 32_766;

  /**
   * Those of {@code matrix}, whose entries are finite.
   *
   * @throws IllegalStateException when the solver does not converge
   */
  public static SymmetricEigenvectors of(DMatrixRMaj matrix, Blas blas) {
    return blas.isNative() ? lapack(matrix) : ejml(matrix);
  }

  /** The workspace, twice the matrix, is ours: so it is counted, and its absence has a message. */
  private static SymmetricEigenvectors lapack(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    if (n > MOST_ROWS) {
      throw new IllegalArgumentException(
          "eigenvectors of a kernel of "
              + n
              + " rows need a longer workspace than LAPACK can be told, at most "
              + MOST_ROWS
              + " rows are possible: set ntk.dynamics to false or lower ntk.points");
    }
    try (DoublePointer a = new DoublePointer((long) n * n);
        DoublePointer w = new DoublePointer(n)) {
      a.put(matrix.data, 0, n * n);
      try (DoublePointer size = new DoublePointer(1);
          IntPointer integers = new IntPointer(1)) {
        dsyevd(n, a, w, size, -1, integers, -1);
        try (DoublePointer work = new DoublePointer((long) size.get());
            IntPointer integerWork = new IntPointer((long) integers.get())) {
          dsyevd(n, a, w, work, (int) size.get(), integerWork, integers.get());
        }
      }
      double[] values = new double[n];
      w.get(values);
      DMatrixRMaj vectors = new DMatrixRMaj(n, n);
      a.get(vectors.data, 0, n * n);
      return new SymmetricEigenvectors(values, vectors);
    }
  }

  /** LAPACK's {@code dsyevd}; with sizes of −1 it only says what it needs. */
  private static void dsyevd(
      int n,
      DoublePointer a,
      DoublePointer w,
      DoublePointer work,
      int size,
      IntPointer integerWork,
      int integerSize) {
    int info =
        openblas.LAPACKE_dsyevd_work(
            openblas.LAPACK_COL_MAJOR,
            (byte) 'V',
            (byte) 'U',
            n,
            a,
            n,
            w,
            work,
            size,
            integerWork,
            integerSize);
    if (info != 0) {
      throw new IllegalStateException("dsyevd failed with info " + info + " on N = " + n);
    }
  }

  private static SymmetricEigenvectors ejml(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, true, true);
    if (!solver.decompose(matrix.copy())) {
      throw new IllegalStateException("EJML's symmetric solver did not converge on N = " + n);
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> solver.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    DMatrixRMaj vectors = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      values[i] = solver.getEigenvalue(order[i]).getReal();
      System.arraycopy(solver.getEigenVector(order[i]).data, 0, vectors.data, i * n, n);
    }
    return new SymmetricEigenvectors(values, vectors);
  }
}
