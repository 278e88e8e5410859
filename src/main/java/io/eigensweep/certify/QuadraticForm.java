package io.eigensweep.certify;

import io.eigensweep.linalg.Blas;
import org.ejml.data.DMatrixRMaj;

/**
 * The quadratic form of a symmetric matrix S on the span of a few vectors, the rows of V: G =
 * V·S·Vᵀ with what it may be wrong by. As xᵀGx = (Vᵀx)ᵀS(Vᵀx), a negative definite G of m rows
 * proves m negative eigenvalues of S (Courant and Fischer), and G_00/‖v_0‖² is an upper bound of
 * the smallest (Rayleigh).
 *
 * @param gram G, m × m, as computed
 * @param rounding of it: at least the norm of its error
 * @param inner at least ‖V·Vᵀ‖₂
 * @param square ‖v_0‖², as computed
 */
record QuadraticForm(DMatrixRMaj gram, double rounding, double inner, double square) {
  /** More than what a sum of squares is wrong by, relative to it. */
  private static final double SQUARE = 1e-9;

  /**
   * The form on the first {@code count} rows of {@code vectors}.
   *
   * @param norms of {@code matrix}
   */
  static QuadraticForm of(
      DMatrixRMaj matrix, Norms norms, DMatrixRMaj vectors, int count, Blas blas) {
    int n = matrix.numRows;
    DMatrixRMaj image = new DMatrixRMaj(count, n);
    int block = Rounding.block(n);
    for (int first = 0; first < n; first += block) {
      int k = Math.min(block, n - first);
      blas.dgemm(
          false,
          false,
          count,
          n,
          k,
          1,
          vectors.data,
          first,
          n,
          matrix.data,
          first * n,
          n,
          1,
          image.data,
          0,
          n);
    }
    DMatrixRMaj gram = product(image, vectors, count, blas);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (gram.data[i * count + j] + gram.data[j * count + i]) / 2;
        gram.data[i * count + j] = mean;
        gram.data[j * count + i] = mean;
      }
    }
    DMatrixRMaj inner = product(vectors, vectors, count, blas);
    double size = Rounding.norm(vectors, count);
    double dot = (n + 4.0) * Rounding.UNIT * Rounding.UP;
    return new QuadraticForm(
        gram,
        Rounding.ofSum(n) * norms.absolute() * size * size
            + dot * Rounding.norm(image, count) * size
            + Rounding.underflow(count, n, n) * size
            + Rounding.underflow(count, count, n),
        Rounding.rowSum(inner) + dot * size * size,
        inner.data[0]);
  }

  /** What the smallest eigenvalue of S, moved by at most {@code moved}, is at most. */
  double smallest(double moved) {
    double value = gram.data[0] + 3 * rounding;
    return value / square + SQUARE * Math.abs(value / square) + moved * Rounding.UP;
  }

  /**
   * How many of the vectors, the first ones, span a space on which S is negative even when it is
   * moved by {@code moved}: every circle of Gershgorin lies to the left of 0. Another computation's
   * rows of G may differ by √m of the norm of the error.
   */
  int negatives(double moved) {
    int m = gram.numRows;
    double margin = Rounding.UP * ((1 + 2 * Math.sqrt(m)) * rounding + moved * inner);
    double[] ends = new double[m];
    int proved = 0;
    boolean all = true;
    for (int count = 1; count <= m && all; count++) {
      int last = count - 1;
      double sum = 0;
      for (int i = 0; i < last; i++) {
        sum += Math.abs(gram.data[last * m + i]);
        ends[i] += Math.abs(gram.data[i * m + last]);
        all &= ends[i] + margin < 0;
      }
      ends[last] = gram.data[last * m + last] + sum;
      all &= ends[last] + margin < 0;
      proved = all ? count : proved;
    }
    return proved;
  }

  private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b, int count, Blas blas) {
    DMatrixRMaj result = new DMatrixRMaj(count, count);
    int n = b.numCols;
    blas.dgemm(
        false, true, count, count, n, 1, a.data, 0, n, b.data, 0, n, 0, result.data, 0, count);
    return result;
  }
}
