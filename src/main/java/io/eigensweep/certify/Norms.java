package io.eigensweep.certify;

import org.ejml.data.DMatrixRMaj;

/**
 * Norms of a symmetric matrix, none smaller than it is.
 *
 * @param rows N
 * @param absolute of ‖|K|‖₂, the matrix of the entries' sizes, and so of ‖K‖₂: the smaller one of
 *     the Frobenius norm and the largest row sum
 * @param diagonal Σ|K_ii|
 */
record Norms(int rows, double absolute, double diagonal) {

  static Norms of(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    double diagonal = 0;
    for (int i = 0; i < n; i++) {
      diagonal += Math.abs(matrix.data[i * n + i]);
    }
    return new Norms(
        n, Math.min(Rounding.rowSum(matrix), Rounding.norm(matrix)), Rounding.UP * diagonal);
  }
}
