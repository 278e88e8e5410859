package io.eigensweep.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Approximate eigenvectors of a symmetric operator by block Lanczos iteration with full
 * reorthogonalisation (Golub and Van Loan 2013, §10.3). The far ends of the spectrum come first.
 * Nothing is proved of the results.
 *
 * @param values Ritz values, ascending
 * @param basis orthonormal blocks of columns
 * @param vectors row i combines the columns of the basis to the Ritz vector of value i
 */
@SuppressWarnings("ArrayRecordComponent") // a result that is read once; never compared
public record BlockLanczos(double[] values, List<DMatrixRMaj> basis, DMatrixRMaj vectors) {

  /**
   * So many steps from {@code start}.
   *
   * @param operator replaces a matrix by the operator's product with it
   * @param start n × k, of independent columns
   */
  public static BlockLanczos of(
      Consumer<DMatrixRMaj> operator, DMatrixRMaj start, int steps, Blas blas) {
    List<DMatrixRMaj> basis = new ArrayList<>();
    DMatrixRMaj q = Orthonormal.columns(start, basis, blas);
    int size = 0;
    List<double[]> entries = new ArrayList<>();
    for (int step = 0; step < steps && q.numCols > 0; step++) {
      basis.add(q);
      size += q.numCols;
      DMatrixRMaj w = q.copy();
      operator.accept(w);
      int column = size - q.numCols;
      int row = 0;
      for (DMatrixRMaj block : basis) {
        DMatrixRMaj products = new DMatrixRMaj(block.numCols, w.numCols);
        blas.multiplyTransposed(1, block, w, 0, products);
        for (int i = 0; i < products.numRows; i++) {
          for (int j = 0; j < products.numCols; j++) {
            entries.add(new double[] {row + i, column + j, products.get(i, j)});
          }
        }
        row += block.numCols;
      }
      q = step == steps - 1 ? q : Orthonormal.columns(w, basis, blas);
    }
    DMatrixRMaj projected = new DMatrixRMaj(size, size);
    for (double[] entry : entries) { // the later column has the products with all earlier ones
      projected.set((int) entry[0], (int) entry[1], entry[2]);
      projected.set((int) entry[1], (int) entry[0], entry[2]);
    }
    SymmetricEigenvectors ritz = SymmetricEigenvectors.of(projected, blas);
    return new BlockLanczos(ritz.values(), basis, ritz.vectors());
  }

  /** The Ritz vectors of these values, as columns. */
  public DMatrixRMaj columns(int[] chosen, Blas blas) {
    DMatrixRMaj columns = new DMatrixRMaj(basis.get(0).numRows, chosen.length);
    int first = 0;
    for (DMatrixRMaj block : basis) {
      DMatrixRMaj weights = new DMatrixRMaj(block.numCols, chosen.length);
      for (int i = 0; i < block.numCols; i++) {
        for (int j = 0; j < chosen.length; j++) {
          weights.set(i, j, vectors.get(chosen[j], first + i));
        }
      }
      blas.multiply(1, block, false, weights, 1, columns);
      first += block.numCols;
    }
    return columns;
  }
}
