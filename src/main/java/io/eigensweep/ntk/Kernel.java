package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import java.util.function.DoubleBinaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * An empirical neural tangent kernel in its terms, K = K_mlp + K_grid.
 *
 * @param mlp the part of the weights and biases, symmetric
 * @param grid the part of the encoding's grids, symmetric; null where the encoding does not learn
 * @param products the length of the longest inner product that went into an entry, for the rounding
 *     floor
 */
public record Kernel(DMatrixRMaj mlp, @Nullable DMatrixRMaj grid, int products) {

  /** K, a new matrix where there is a grid. */
  public DMatrixRMaj total() {
    return total(Double::sum);
  }

  /** K, each sum rounded to the number type of {@code blas}. */
  DMatrixRMaj total(Blas blas) {
    return total((one, other) -> blas.round(one + other));
  }

  private DMatrixRMaj total(DoubleBinaryOperator plus) {
    if (grid == null) {
      return mlp;
    }
    DMatrixRMaj sum = mlp.copy();
    for (int i = 0; i < sum.getNumElements(); i++) {
      sum.data[i] = plus.applyAsDouble(sum.data[i], grid.data[i]);
    }
    return sum;
  }
}
