package io.eigensweep.ntk;

import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.SymmetricEigenvalues;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The part of λ_min(K) that the grid guarantees. K_grid is the sum over levels of Schur products (w
 * wᵀ)∘(g gᵀ). With w wᵀ ⪰ λ_min(w wᵀ)·I and Schur's product theorem (Horn and Johnson 2013, §7.5),
 * K_grid ⪰ Σ_l λ_min(w_l w_lᵀ)·I∘(g_l g_lᵀ), whose smallest eigenvalue is min_i Σ_l λ_min(w_l
 * w_lᵀ)‖g_l(x_i)‖² for one row per point, and min_i λ_min of the C × C block of point i for all
 * pairs of outputs.
 */
final class SchurBound {
  /** Entries of w wᵀ and of the Kronecker product that differ by more are not the same. */
  private static final double SAME = 1e-12;

  private SchurBound() {}

  /**
   * A lower bound of λ_min(w wᵀ), at least 0. On a lattice whose level is read axis by axis, w wᵀ
   * is the Kronecker product of two k × k matrices, and so are its eigenvalues; else all N are
   * computed.
   *
   * @param side k when the points are a k × k lattice, else 0
   */
  static double overlap(Stencils stencils, int side, Blas blas) {
    int points = stencils.nodes().length / stencils.perPoint();
    if (JacobianFactors.touchedNodes(stencils) < points) {
      return 0;
    }
    StencilProducts products = new StencilProducts(stencils);
    if (side > 1) {
      Double product = kronecker(products, points, side, blas);
      if (product != null) {
        return product;
      }
    }
    DMatrixRMaj overlap = new DMatrixRMaj(points, points);
    double[] row = new double[points];
    for (int i = 0; i < points; i++) {
      products.row(i, 0, row);
      System.arraycopy(row, 0, overlap.data, i * points, points);
    }
    return lower(overlap, blas);
  }

  /** λ_min of the first row's and of the first column's block, null when they don't give w wᵀ. */
  private static @Nullable Double kronecker(
      StencilProducts products, int points, int side, Blas blas) {
    double[] row = new double[points];
    products.row(0, 0, row);
    double corner = row[0];
    DMatrixRMaj across = new DMatrixRMaj(side, side);
    DMatrixRMaj down = new DMatrixRMaj(side, side);
    for (int i = 0; i < side; i++) {
      products.row(i, 0, row);
      for (int j = 0; j < side; j++) {
        across.set(i, j, row[j]);
      }
      products.row(i * side, 0, row);
      for (int j = 0; j < side; j++) {
        down.set(i, j, row[j * side] / corner);
      }
    }
    double distance = 0;
    for (int i = 0; i < points; i++) {
      products.row(i, 0, row);
      double sum = 0;
      for (int j = 0; j < points; j++) {
        double expected = across.get(i % side, j % side) * down.get(i / side, j / side);
        double difference = Math.abs(row[j] - expected);
        if (difference > SAME) {
          return null;
        }
        sum += difference;
      }
      distance = Math.max(distance, sum);
    }
    // ‖Δ‖₂ ≤ max_i Σ_j |Δ_ij| of the symmetric difference.
    return Math.max(0, lower(across, blas) * lower(down, blas) - distance);
  }

  private static double lower(DMatrixRMaj matrix, Blas blas) {
    double floor = 2.0 * matrix.numRows * blas.epsilon() * SpectrumBuilder.trace(matrix);
    return Math.max(0, SymmetricEigenvalues.of(matrix, blas)[0] - floor);
  }

  /**
   * The bound for λ_min(K_grid).
   *
   * <p>What the computed block of a point is wrong by is subtracted, relative to its trace, its
   * smallest eigenvalue being possibly far below that: 2η for the evaluation of g, (q + 2L)ε for
   * the sums over levels, 2Cε for the solver.
   *
   * @param overlaps lower bounds of λ_min(w wᵀ), one for each level of {@code factors}
   * @param error of the arithmetic that {@code factors} was computed in
   */
  static double grid(JacobianFactors factors, double[] overlaps, RoundingError error, Blas blas) {
    int o = factors.rowsPerPoint();
    double relative =
        2 * error.evaluation().row()
            + (error.products() + 2.0 * overlaps.length + 2.0 * o) * error.epsilon();
    double smallest = Double.POSITIVE_INFINITY;
    for (int point = 0; point < factors.points(); point++) {
      DMatrixRMaj block = new DMatrixRMaj(o, o);
      for (int level = 0; level < overlaps.length; level++) {
        DMatrixRMaj gradient = factors.levels().get(level).gradient();
        for (int a = 0; a < o; a++) {
          for (int b = 0; b < o; b++) {
            block.add(a, b, overlaps[level] * dot(gradient, point * o + a, point * o + b));
          }
        }
      }
      double own = o == 1 ? block.data[0] : SymmetricEigenvalues.of(block, blas)[0];
      smallest = Math.min(smallest, own - relative * SpectrumBuilder.trace(block));
    }
    return Math.max(0, factors.scale() * factors.scale() * smallest);
  }

  private static double dot(DMatrixRMaj gradient, int one, int other) {
    double sum = 0;
    for (int j = 0; j < gradient.numCols; j++) {
      sum += gradient.get(one, j) * gradient.get(other, j);
    }
    return sum;
  }
}
