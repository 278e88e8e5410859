package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.LayerScale;
import org.ejml.data.DMatrixRMaj;

/**
 * The empirical kernel K^(c,c')(x,x') = ⟨∇_θ f_c(x), ∇_θ f_c'(x')⟩ in closed form (Jacot et al.
 * 2018; the grid term after arXiv 2504.13412), never through the N × P Jacobian:
 *
 * <pre>
 *   K = Σ_l (δ_l·δ_l')(s_l² a_(l−1)·a_(l−1)' + t_l²) + Σ_levels (w·w')(g·g')
 * </pre>
 *
 * with the factors of {@link JacobianFactors}. Gram matrices are made in panels of rows, from the
 * diagonal to the right, and mirrored at the end, so the result is exactly symmetric.
 */
public final class KernelBuilder {
  private final JacobianFactors factors;
  private final Blas blas;

  KernelBuilder(JacobianFactors factors, Blas blas) {
    this.factors = factors;
    this.blas = blas;
  }

  /** The kernel of an evaluated network on its points. */
  public static Kernel build(ForwardPass pass, Outputs outputs, Blas blas) {
    return build(JacobianFactors.of(pass, outputs, blas), blas);
  }

  static Kernel build(JacobianFactors factors, Blas blas) {
    KernelBuilder builder = new KernelBuilder(factors, blas);
    DMatrixRMaj mlp = builder.mlp();
    DMatrixRMaj grid = factors.levels().isEmpty() ? null : builder.grid();
    return new Kernel(mlp, grid, factors.longestProduct());
  }

  /** The term of all layers. */
  DMatrixRMaj mlp() {
    DMatrixRMaj kernel = new DMatrixRMaj(factors.rows(), factors.rows());
    for (JacobianFactors.Layer layer : factors.layers()) {
      add(layer, kernel);
    }
    return mirrored(kernel);
  }

  /** The term of all grid levels. */
  DMatrixRMaj grid() {
    DMatrixRMaj kernel = new DMatrixRMaj(factors.rows(), factors.rows());
    for (JacobianFactors.Level level : factors.levels()) {
      add(level, kernel);
    }
    return mirrored(kernel);
  }

  private void add(JacobianFactors.Layer layer, DMatrixRMaj kernel) {
    int panel = panelRows(kernel.numRows, Math.max(layer.input().numCols, layer.delta().numCols));
    for (int from = 0; from < kernel.numRows; from += panel) {
      addPanel(kernel, from, Math.min(panel, kernel.numRows - from), layer);
    }
  }

  /** K[from…from+rows, from…] += (δ·δ')(s² a·a' + t²). */
  private void addPanel(DMatrixRMaj kernel, int from, int rows, JacobianFactors.Layer layer) {
    int o = factors.rowsPerPoint();
    int n = kernel.numRows;
    int columns = n - from;
    int inputColumns = columns / o;
    double[] inputs = gram(layer.input(), from / o, rows / o);
    double[] deltas = gram(layer.delta(), from, rows);
    LayerScale scale = layer.scale();
    double s2 = blas.round(scale.weight() * scale.weight());
    double t2 = blas.round(scale.bias() * scale.bias());
    for (int i = 0; i < rows; i++) {
      int kernelAt = (from + i) * n + from;
      int inputAt = i / o * inputColumns;
      for (int j = 0; j < columns; j++) {
        double input = blas.round(blas.round(s2 * inputs[inputAt + j / o]) + t2);
        kernel.data[kernelAt + j] =
            blas.round(kernel.data[kernelAt + j] + blas.round(deltas[i * columns + j] * input));
      }
    }
  }

  private void add(JacobianFactors.Level level, DMatrixRMaj kernel) {
    int o = factors.rowsPerPoint();
    int n = kernel.numRows;
    StencilProducts products = new StencilProducts(level.stencils());
    int panel = panelRows(n, Math.max(level.gradient().numCols, 64));
    for (int from = 0; from < n; from += panel) {
      int rows = Math.min(panel, n - from);
      int columns = n - from;
      double[] gradients = gram(level.gradient(), from, rows);
      double[] overlap = new double[columns / o];
      for (int i = 0; i < rows; i++) {
        if (i % o == 0) {
          products.row((from + i) / o, from / o, overlap);
        }
        int kernelAt = (from + i) * n + from;
        for (int j = 0; j < columns; j++) {
          double product = blas.round(blas.round(overlap[j / o]) * gradients[i * columns + j]);
          kernel.data[kernelAt + j] = blas.round(kernel.data[kernelAt + j] + product);
        }
      }
    }
  }

  /** Rows from…from+rows of X·Xᵀ, columns from… on: rows × (n − from). */
  private double[] gram(DMatrixRMaj x, int from, int rows) {
    int columns = x.numRows - from;
    int k = x.numCols;
    double[] product = new double[Math.multiplyExact(rows, columns)];
    blas.dgemm(
        false, true, rows, columns, k, 1, x.data, from * k, k, x.data, from * k, k, 0, product, 0,
        columns);
    return product;
  }

  /** A panel's height: a multiple of the rows per point. */
  private int panelRows(int n, int length) {
    int o = factors.rowsPerPoint();
    return Math.max(o, Blas.panelRows(n, length) / o * o);
  }

  private DMatrixRMaj mirrored(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    double factor = blas.round(factors.scale() * factors.scale());
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double value = blas.round(factor * matrix.data[i * n + j]);
        matrix.data[i * n + j] = value;
        matrix.data[j * n + i] = value;
      }
    }
    return matrix;
  }
}
