package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * What is known of a network's Jacobian after one look at every point.
 *
 * @param trace ‖J‖_F², or a little more
 * @param evaluation bound of ‖ΔJ‖_F, the evaluation's error: η_c‖J_c‖_F of each chunk c of the
 *     points, squared and summed
 * @param band the factors of the levels that are taken together as a sparse matrix, over all points
 */
record PointScan(double trace, double evaluation, JacobianFactors band) {
  /** Of sums of positive numbers. */
  private static final double ROUNDED = 1 + 1e-9;

  static PointScan of(
      AllPoints all, JacobianProducts products, List<Integer> bandLevels, Blas blas) {
    double[] squares = new double[2];
    double[] scale = new double[1];
    List<JacobianFactors.Level> gathered = new ArrayList<>();
    products.forEachChunk(
        (from, pass, factors) -> {
          double own = trace(factors);
          double eta =
              EvaluationError.of(pass, all.network().activation(), blas.epsilon(), blas).whole();
          squares[0] += own;
          squares[1] += eta * eta * own;
          scale[0] = factors.scale();
          for (int i = 0; i < bandLevels.size(); i++) {
            int level = bandLevels.get(i);
            DMatrixRMaj g = factors.levels().get(level).gradient();
            if (gathered.size() == i) {
              DMatrixRMaj rows = new DMatrixRMaj(all.rows(), g.numCols);
              gathered.add(new JacobianFactors.Level(rows, all.points().levels().get(level)));
            }
            int at = from * factors.rowsPerPoint() * g.numCols;
            double[] rows = gathered.get(i).gradient().data;
            System.arraycopy(g.data, 0, rows, at, g.getNumElements());
          }
        });
    return new PointScan(
        squares[0] * ROUNDED,
        Math.sqrt(squares[1]) * ROUNDED,
        new JacobianFactors(
            all.points().count(), all.rowsPerPoint(), scale[0], List.of(), gathered));
  }

  /**
   * ‖Jᵀv‖²/‖v‖² for a vector of M × 1 with all that rounding may have taken from it: an upper bound
   * of λ_min.
   *
   * @param products with the whole of J
   */
  double rayleigh(JacobianProducts products, DMatrixRMaj v) {
    double norm = 0;
    for (double entry : v.data) {
      norm += entry * entry;
    }
    double above = Math.sqrt(products.transposed(v).square() / norm) + wrong(products);
    return above * above * (1 + 1e-9);
  }

  /** The least that {@link #rayleigh} can be. */
  double floor(JacobianProducts products) {
    return wrong(products) * wrong(products);
  }

  private double wrong(JacobianProducts products) {
    return evaluation + products.unit() * Math.sqrt(trace);
  }

  /** Σ_r ‖J_r‖², where weights of a stencil, which sum to 1, count as 1. */
  private static double trace(JacobianFactors factors) {
    double sum = 0;
    for (JacobianFactors.Layer layer : factors.layers()) {
      double s = layer.scale().weight();
      double t = layer.scale().bias();
      for (int row = 0; row < factors.rows(); row++) {
        double input = square(layer.input(), row / factors.rowsPerPoint());
        sum += square(layer.delta(), row) * (s * s * input + t * t);
      }
    }
    for (JacobianFactors.Level level : factors.levels()) {
      for (int row = 0; row < factors.rows(); row++) {
        sum += square(level.gradient(), row);
      }
    }
    return factors.scale() * factors.scale() * sum;
  }

  private static double square(DMatrixRMaj matrix, int row) {
    double sum = 0;
    for (int j = row * matrix.numCols; j < (row + 1) * matrix.numCols; j++) {
      sum += matrix.data[j] * matrix.data[j];
    }
    return sum;
  }
}
