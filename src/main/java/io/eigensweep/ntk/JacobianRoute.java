package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.StreamedQr;
import java.util.Arrays;

/**
 * Eigenvalues of K = J·Jᵀ as the squares of J's singular values: forming K squares the condition
 * number, J does not, so eigenvalues are known to about (M·ε)²·trace(K) instead of M·ε·trace(K).
 *
 * <p>Jᵀ is never in memory: blocks of its rows (parameters) are made from the factors and folded
 * into a triangle one after the other ({@link StreamedQr}). Grid nodes that no point reads are left
 * out. Cost 2·P'·M², P' = {@link JacobianFactors#columns()}.
 */
public final class JacobianRoute {
  /**
   * What one core is expected to do, FLOP/s; a constant, so that the choice is the same anywhere.
   */
  private static final double NOMINAL_RATE = 15e9;

  private static final int BLOCK_ROWS = 2048;

  private final JacobianFactors factors;
  private final StreamedQr triangle;

  private JacobianRoute(JacobianFactors factors, StreamedQr triangle) {
    this.factors = factors;
    this.triangle = triangle;
  }

  /** The singular values of J, ascending: as many as J has rows. */
  static double[] singularValues(JacobianFactors factors, Blas blas) {
    try (StreamedQr triangle = new StreamedQr(factors.rows(), blockRows(factors), blas)) {
      JacobianRoute route = new JacobianRoute(factors, triangle);
      factors.layers().forEach(route::append);
      factors.levels().forEach(route::append);
      return triangle.singularValues();
    }
  }

  /**
   * The seconds that decide whether it is taken, for a Jacobian of {@code rows} × {@code columns}.
   */
  public static double seconds(double rows, double columns) {
    return operations(rows, columns) / NOMINAL_RATE;
  }

  /** Its floating point operations. */
  public static double operations(double rows, double columns) {
    return 2 * columns * rows * rows + 4 * rows * rows * rows;
  }

  /** The bytes that it needs for {@code rows} rows of J and layers of {@code width} inputs. */
  public static double bytes(double rows, double width) {
    return StreamedQr.bytes((long) rows, (long) Math.max(BLOCK_ROWS, width + 1));
  }

  /** Bytes that it needs off-heap. */
  static long bytes(JacobianFactors factors) {
    return StreamedQr.bytes(factors.rows(), blockRows(factors));
  }

  private static int blockRows(JacobianFactors factors) {
    int rows = BLOCK_ROWS;
    for (JacobianFactors.Layer layer : factors.layers()) {
      rows = Math.max(rows, layer.input().numCols + 1);
    }
    for (JacobianFactors.Level level : factors.levels()) {
      rows = Math.max(rows, level.gradient().numCols);
    }
    return rows;
  }

  /** Rows κ·δ_p·[s·a, t] for all units p, some units at a time. */
  private void append(JacobianFactors.Layer layer) {
    int units = layer.delta().numCols;
    int inputs = layer.input().numCols;
    double s = factors.scale() * layer.scale().weight();
    double t = factors.scale() * layer.scale().bias();
    int perUnit = inputs + (t > 0 ? 1 : 0);
    int step = Math.max(1, blockRows(factors) / perUnit);
    for (int first = 0; first < units; first += step) {
      int from = first;
      int count = Math.min(step, units - first);
      triangle.append(
          count * perUnit,
          (row, target) -> {
            int input = row / factors.rowsPerPoint() * inputs;
            int at = 0;
            for (int unit = from; unit < from + count; unit++) {
              double delta = layer.delta().data[row * units + unit];
              double factor = s * delta;
              for (int j = 0; j < inputs; j++) {
                target[at++] = factor * layer.input().data[input + j];
              }
              if (t > 0) {
                target[at++] = t * delta;
              }
            }
          });
    }
  }

  /** Rows κ·w_node·g_j for every node that some point reads, some nodes at a time. */
  private void append(JacobianFactors.Level level) {
    int k = level.gradient().numCols;
    int perPoint = level.stencils().perPoint();
    int[] nodes = level.stencils().nodes();
    int[] index = new int[level.stencils().nodeCount()];
    Arrays.fill(index, -1);
    int touched = 0;
    for (int node : nodes) {
      if (index[node] < 0) {
        index[node] = touched++;
      }
    }
    int step = Math.max(1, blockRows(factors) / k);
    for (int first = 0; first < touched; first += step) {
      int from = first;
      int count = Math.min(step, touched - first);
      triangle.append(
          count * k,
          (row, target) -> {
            Arrays.fill(target, 0, count * k, 0);
            int point = row / factors.rowsPerPoint();
            for (int entry = point * perPoint; entry < (point + 1) * perPoint; entry++) {
              int at = index[nodes[entry]] - from;
              if (at >= 0 && at < count) {
                double weight = factors.scale() * level.stencils().weights()[entry];
                for (int j = 0; j < k; j++) {
                  target[at * k + j] += weight * level.gradient().data[row * k + j];
                }
              }
            }
          });
    }
  }
}
