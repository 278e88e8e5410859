package io.eigensweep.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * Combinations that make vectors orthonormal, from their Gram matrix (SVQB, Stathopoulos and Wu
 * 2002).
 */
public final class Orthonormal {
  /** A combination this much smaller than the largest is rounding. */
  private static final double DEPENDENT = 1e-12;

  private Orthonormal() {}

  /**
   * C with C·G·Cᵀ = I up to rounding, for a Gram matrix G: as many rows as the vectors have
   * independent directions.
   */
  public static DMatrixRMaj combinations(DMatrixRMaj gram, Blas blas) {
    int k = gram.numRows;
    if (k == 0) {
      return new DMatrixRMaj(0, 0);
    }
    double[] scales = new double[k];
    for (int i = 0; i < k; i++) {
      scales[i] = gram.get(i, i) > 0 ? 1 / Math.sqrt(gram.get(i, i)) : 0;
    }
    DMatrixRMaj scaled = new DMatrixRMaj(k, k);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        scaled.set(i, j, scales[i] * scales[j] * (gram.get(i, j) + gram.get(j, i)) / 2);
      }
    }
    SymmetricEigenvectors vectors = SymmetricEigenvectors.of(scaled, blas);
    int dropped = 0;
    while (dropped < k && !(vectors.values()[dropped] > DEPENDENT)) {
      dropped++;
    }
    DMatrixRMaj combinations = new DMatrixRMaj(k - dropped, k);
    for (int i = dropped; i < k; i++) {
      double factor = 1 / Math.sqrt(vectors.values()[i]);
      for (int j = 0; j < k; j++) {
        combinations.set(i - dropped, j, factor * scales[j] * vectors.vectors().get(i, j));
      }
    }
    return combinations;
  }

  /**
   * Orthonormal columns that span those of {@code x}, less what the columns of {@code basis} span.
   */
  public static DMatrixRMaj columns(DMatrixRMaj x, Iterable<DMatrixRMaj> basis, Blas blas) {
    DMatrixRMaj columns = x;
    for (int sweep = 0; sweep < 2; sweep++) {
      columns = sweep == 0 ? x.copy() : columns;
      for (DMatrixRMaj block : basis) {
        if (block.numCols > 0 && columns.numCols > 0) {
          DMatrixRMaj products = new DMatrixRMaj(block.numCols, columns.numCols);
          blas.multiplyTransposed(1, block, columns, 0, products);
          blas.multiply(-1, block, false, products, 1, columns);
        }
      }
      DMatrixRMaj gram = new DMatrixRMaj(columns.numCols, columns.numCols);
      if (columns.numCols > 0) {
        blas.multiplyTransposed(1, columns, columns, 0, gram);
      }
      DMatrixRMaj combinations = combinations(gram, blas);
      DMatrixRMaj next = new DMatrixRMaj(x.numRows, combinations.numRows);
      if (combinations.numRows > 0) {
        blas.multiply(1, columns, true, combinations, 0, next);
      }
      columns = next;
    }
    return columns;
  }
}
