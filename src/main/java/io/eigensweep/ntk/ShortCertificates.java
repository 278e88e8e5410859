package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.network.LayerScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Upper bounds λ_min ≤ ‖Jᵀv‖²/‖v‖² (Rayleigh) from vectors v whose Jᵀv is computed from the factors
 * of J and not from K: a sum of a few rows of J is wrong by ε of the rows, so its square proves
 * singularity to ε², where K's eigenvalues show ε.
 */
final class ShortCertificates {
  /** How many of the vectors with the smallest vᵀKv are evaluated through J. */
  private static final int EVALUATED = 12;

  /**
   * An upper bound and what proves it.
   *
   * @param bound of λ_min, its rounding term included
   * @param from the kind of vector
   */
  record Certificate(double bound, String from) {}

  private final JacobianFactors factors;
  private final DMatrixRMaj kernel;
  private final RoundingError error;

  ShortCertificates(JacobianFactors factors, DMatrixRMaj kernel, RoundingError error) {
    this.factors = factors;
    this.kernel = kernel;
    this.error = error;
  }

  /** The best bound of the {@code candidates}, infinite when there are none. */
  Certificate best(List<Combination> candidates) {
    List<Screened> screened = new ArrayList<>();
    for (Combination candidate : candidates) {
      for (int c = 0; c < factors.rowsPerPoint(); c++) {
        screened.add(new Screened(candidate, c, rayleigh(candidate, c)));
      }
    }
    Certificate best = new Certificate(Double.POSITIVE_INFINITY, "");
    List<Screened> smallest =
        screened.stream()
            .sorted(Comparator.comparingDouble(Screened::rayleigh))
            .limit(EVALUATED)
            .toList();
    for (Screened one : smallest) {
      double bound = bound(one.combination(), one.channel());
      if (bound < best.bound()) {
        best = new Certificate(bound, one.combination().kind());
      }
    }
    return best;
  }

  /**
   * The bound of a vector with an entry for every row; {@code v} has norm 1. Each entry of Jᵀv is a
   * sum over M rows, wrong by 6·√M·(ε/2) of the norms (Higham and Mary 2019).
   */
  Certificate of(double[] v, String from, Blas blas) {
    double square = 0;
    for (JacobianFactors.Layer layer : factors.layers()) {
      square += square(layer, v, blas);
    }
    for (JacobianFactors.Level level : factors.levels()) {
      square += square(level, v);
    }
    double wrong = 3 * Math.sqrt(factors.rows()) * error.epsilon() + error.evaluation().whole();
    double norm = factors.scale() * Math.sqrt(square) + wrong * Math.sqrt(trace());
    return new Certificate(norm * norm * (1 + 1e-12), from);
  }

  private record Screened(Combination combination, int channel, double rayleigh) {}

  private double rayleigh(Combination v, int channel) {
    int o = factors.rowsPerPoint();
    double value = 0;
    for (int a = 0; a < v.points().length; a++) {
      int row = v.points()[a] * o + channel;
      for (int b = 0; b < v.points().length; b++) {
        int column = v.points()[b] * o + channel;
        value += v.weights()[a] * v.weights()[b] * kernel.get(row, column);
      }
    }
    return Math.abs(value) / square(v.weights());
  }

  private double bound(Combination v, int channel) {
    int o = factors.rowsPerPoint();
    int[] rows = new int[v.points().length];
    double size = 0;
    for (int a = 0; a < rows.length; a++) {
      rows[a] = v.points()[a] * o + channel;
      size += Math.abs(v.weights()[a]) * Math.sqrt(kernel.get(rows[a], rows[a]));
    }
    double square = 0;
    for (JacobianFactors.Layer layer : factors.layers()) {
      square += square(layer, rows, v.weights());
    }
    for (JacobianFactors.Level level : factors.levels()) {
      square += square(level, rows, v.weights());
    }
    double wrong = (rows.length + 4) * error.epsilon() + error.evaluation().row();
    double norm = factors.scale() * Math.sqrt(square) + wrong * size;
    return norm * norm / square(v.weights()) * (1 + 1e-12);
  }

  /** ‖Σ_r v_r·δ_r ⊗ [s·a_r, t]‖². */
  private double square(JacobianFactors.Layer layer, int[] rows, double[] weights) {
    int units = layer.delta().numCols;
    int inputs = layer.input().numCols;
    LayerScale scale = layer.scale();
    double[] factor = new double[rows.length];
    double square = 0;
    for (int unit = 0; unit < units; unit++) {
      double bias = 0;
      for (int r = 0; r < rows.length; r++) {
        factor[r] = weights[r] * layer.delta().data[rows[r] * units + unit];
        bias += factor[r];
      }
      double sum = 0;
      for (int j = 0; j < inputs; j++) {
        double entry = 0;
        for (int r = 0; r < rows.length; r++) {
          entry += factor[r] * layer.input().data[rows[r] / factors.rowsPerPoint() * inputs + j];
        }
        sum += entry * entry;
      }
      square += scale.weight() * scale.weight() * sum + scale.bias() * scale.bias() * bias * bias;
    }
    return square;
  }

  private double square(JacobianFactors.Level level, int[] rows, double[] weights) {
    int k = level.gradient().numCols;
    int perPoint = level.stencils().perPoint();
    Map<Integer, double[]> nodes = new HashMap<>();
    for (int r = 0; r < rows.length; r++) {
      int point = rows[r] / factors.rowsPerPoint();
      for (int entry = point * perPoint; entry < (point + 1) * perPoint; entry++) {
        double[] sums =
            nodes.computeIfAbsent(level.stencils().nodes()[entry], node -> new double[k]);
        double factor = weights[r] * level.stencils().weights()[entry];
        for (int j = 0; j < k; j++) {
          sums[j] += factor * level.gradient().data[rows[r] * k + j];
        }
      }
    }
    return nodes.values().stream().mapToDouble(ShortCertificates::square).sum();
  }

  /** ‖Σ_r v_r·δ_r ⊗ [s·a_r, t]‖² for a vector of all rows: one matrix product. */
  private double square(JacobianFactors.Layer layer, double[] v, Blas blas) {
    int units = layer.delta().numCols;
    DMatrixRMaj weighted = layer.delta().copy();
    double[] bias = new double[units];
    for (int row = 0; row < v.length; row++) {
      for (int unit = 0; unit < units; unit++) {
        weighted.data[row * units + unit] *= v[row];
        bias[unit] += weighted.data[row * units + unit];
      }
    }
    DMatrixRMaj inputs = layer.input();
    if (factors.rowsPerPoint() > 1) {
      inputs = new DMatrixRMaj(v.length, layer.input().numCols);
      for (int row = 0; row < v.length; row++) {
        System.arraycopy(
            layer.input().data,
            row / factors.rowsPerPoint() * inputs.numCols,
            inputs.data,
            row * inputs.numCols,
            inputs.numCols);
      }
    }
    DMatrixRMaj direction = new DMatrixRMaj(units, inputs.numCols);
    blas.multiplyTransposed(layer.scale().weight(), weighted, inputs, 0, direction);
    return square(direction.data) + layer.scale().bias() * layer.scale().bias() * square(bias);
  }

  private double square(JacobianFactors.Level level, double[] v) {
    int k = level.gradient().numCols;
    int perPoint = level.stencils().perPoint();
    double[] sums = new double[Math.multiplyExact(level.stencils().nodeCount(), k)];
    for (int row = 0; row < v.length; row++) {
      int point = row / factors.rowsPerPoint();
      for (int entry = point * perPoint; entry < (point + 1) * perPoint; entry++) {
        double factor = v[row] * level.stencils().weights()[entry];
        int at = level.stencils().nodes()[entry] * k;
        for (int j = 0; j < k; j++) {
          sums[at + j] += factor * level.gradient().data[row * k + j];
        }
      }
    }
    return square(sums);
  }

  private double trace() {
    double trace = 0;
    for (int row = 0; row < kernel.numRows; row++) {
      trace += kernel.get(row, row);
    }
    return trace;
  }

  private static double square(double[] values) {
    double square = 0;
    for (double value : values) {
      square += value * value;
    }
    return square;
  }
}
