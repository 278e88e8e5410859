package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.LayerScale;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The empirical kernel K^(c,c')(x,x') = ⟨∇_θ f_c(x), ∇_θ f_c'(x')⟩ in closed form (Jacot et al.
 * 2018; the grid term after arXiv 2504.13412), never through the N × P Jacobian:
 *
 * <pre>
 *   K = Σ_l (δ_l·δ_l')(s_l² a_(l−1)·a_(l−1)' + t_l²) + Σ_levels (w·w')(g·g')
 * </pre>
 *
 * with δ_l = ∂f_c/∂z_l, w the interpolation weights of a level and g = ∂f_c/∂γ of it.
 *
 * <p>The factors δ and g are stored with one row per point and output, row i·C + c. The same memory
 * read as N rows of length C·width gives Σ_c δ^c·δ'^c as one Gram matrix, read as N·C rows it gives
 * every pair of outputs: {@code mean}, {@code sum} and {@code full} differ in that reading alone.
 * For the reduced kernels the last hidden layer collapses over the outputs: Σ_c (v_c)_j² is one
 * number per unit j.
 *
 * <p>Gram matrices are made in panels of rows, from the diagonal to the right, and mirrored at the
 * end, so the result is exactly symmetric.
 */
public final class KernelBuilder {
  private final ForwardPass pass;
  private final Outputs outputs;
  private final Blas blas;
  private final int channels;
  private final int rowsPerPoint;

  private KernelBuilder(ForwardPass pass, Outputs outputs, Blas blas) {
    this.pass = pass;
    this.outputs = outputs;
    this.blas = blas;
    this.channels = pass.parameters().channels();
    this.rowsPerPoint = outputs == Outputs.FULL ? channels : 1;
  }

  /** The kernel of an evaluated network on its points. */
  public static Kernel build(ForwardPass pass, Outputs outputs, Blas blas) {
    return new KernelBuilder(pass, outputs, blas).build();
  }

  private Kernel build() {
    int points = pass.points().count();
    int rows = Math.multiplyExact(points, rowsPerPoint);
    List<DMatrixRMaj> deltas = deltas();
    List<DMatrixRMaj> gridFactors = gridFactors(deltas.get(0));
    List<DMatrixRMaj> rowFactors = new ArrayList<>();
    for (DMatrixRMaj delta : deltas) {
      rowFactors.add(asRows(delta, rows));
    }
    if (outputs != Outputs.FULL) {
      rowFactors.set(pass.hiddenLayers() - 1, collapsedLastHidden());
    }
    DMatrixRMaj mlp = new DMatrixRMaj(rows, rows);
    DMatrixRMaj grid = gridFactors.isEmpty() ? null : new DMatrixRMaj(rows, rows);
    addLayers(mlp, rowFactors);
    if (grid != null) {
      addGrids(grid, gridFactors);
    }
    double factor = outputs == Outputs.MEAN ? 1.0 / channels : 1;
    mirror(mlp, factor);
    if (grid != null) {
      mirror(grid, factor);
    }
    return new Kernel(mlp, grid, longestProduct(rowFactors));
  }

  /** δ of each hidden layer, N·C × width. */
  private List<DMatrixRMaj> deltas() {
    int points = pass.points().count();
    int hidden = pass.hiddenLayers();
    DMatrixRMaj last = new DMatrixRMaj(points * channels, channels);
    for (int row = 0; row < last.numRows; row++) {
      last.data[row * channels + row % channels] = 1;
    }
    DMatrixRMaj[] deltas = new DMatrixRMaj[hidden];
    DMatrixRMaj above = last;
    for (int layer = hidden - 1; layer >= 0; layer--) {
      above = pass.backward(layer, above, channels, blas);
      deltas[layer] = above;
    }
    return new ArrayList<>(List.of(deltas));
  }

  /** N × width: row i has s·σ'(z_ij)·√(Σ_c W_cj²), whose Gram matrix is Σ_c of δ^c's. */
  private DMatrixRMaj collapsedLastHidden() {
    int hidden = pass.hiddenLayers();
    DMatrixRMaj w = pass.parameters().weights().get(hidden);
    double scale = pass.scales().get(hidden).weight();
    double[] norms = new double[w.numCols];
    for (int j = 0; j < w.numCols; j++) {
      double sum = 0;
      for (int c = 0; c < w.numRows; c++) {
        sum += w.get(c, j) * w.get(c, j);
      }
      norms[j] = scale * Math.sqrt(sum);
    }
    DMatrixRMaj collapsed = pass.slopes().get(hidden - 1).copy();
    for (int i = 0; i < collapsed.getNumElements(); i++) {
      collapsed.data[i] *= norms[i % w.numCols];
    }
    return collapsed;
  }

  /** g of each grid level, with one row per row of the kernel. */
  private List<DMatrixRMaj> gridFactors(DMatrixRMaj firstDelta) {
    EncodedPoints points = pass.points();
    List<DMatrixRMaj> factors = new ArrayList<>();
    if (points.levels().isEmpty()) {
      return factors;
    }
    DMatrixRMaj gradient = pass.backwardToGrid(firstDelta, blas);
    int k = points.features();
    for (int level = 0; level < points.levels().size(); level++) {
      DMatrixRMaj factor = new DMatrixRMaj(gradient.numRows, k);
      for (int row = 0; row < gradient.numRows; row++) {
        System.arraycopy(
            gradient.data, row * gradient.numCols + level * k, factor.data, row * k, k);
      }
      factors.add(asRows(factor, points.count() * rowsPerPoint));
    }
    return factors;
  }

  private void addLayers(DMatrixRMaj kernel, List<DMatrixRMaj> factors) {
    int hidden = pass.hiddenLayers();
    for (int layer = 0; layer <= hidden; layer++) {
      DMatrixRMaj factor = layer < hidden ? factors.get(layer) : null;
      DMatrixRMaj input = pass.inputs().get(layer);
      LayerScale scale = pass.scales().get(layer);
      int length = Math.max(input.numCols, factor == null ? 1 : factor.numCols);
      int panel = panelRows(kernel.numRows, length);
      for (int from = 0; from < kernel.numRows; from += panel) {
        addLayerPanel(kernel, from, Math.min(panel, kernel.numRows - from), factor, input, scale);
      }
    }
  }

  /** K[from…from+rows, from…] += (δ·δ')(s² a·a' + t²); without factor the layer is the output. */
  private void addLayerPanel(
      DMatrixRMaj kernel,
      int from,
      int rows,
      @Nullable DMatrixRMaj factor,
      DMatrixRMaj input,
      LayerScale scale) {
    int o = rowsPerPoint;
    int n = kernel.numRows;
    int columns = n - from;
    int inputColumns = columns / o;
    double[] inputs = gram(input, from / o, rows / o);
    double[] deltas = factor == null ? new double[0] : gram(factor, from, rows);
    double s2 = scale.weight() * scale.weight();
    double t2 = scale.bias() * scale.bias();
    for (int i = 0; i < rows; i++) {
      int kernelAt = (from + i) * n + from;
      int inputAt = i / o * inputColumns;
      for (int j = 0; j < columns; j++) {
        double delta;
        if (factor != null) {
          delta = deltas[i * columns + j];
        } else {
          delta = outputProduct(i, j);
        }
        kernel.data[kernelAt + j] += delta * (s2 * inputs[inputAt + j / o] + t2);
      }
    }
  }

  /** δ·δ' of the output layer: 1 on the same output, summed over outputs when they are reduced. */
  private double outputProduct(int i, int j) {
    if (outputs == Outputs.FULL) {
      return i % channels == j % channels ? 1 : 0;
    }
    return channels;
  }

  private void addGrids(DMatrixRMaj kernel, List<DMatrixRMaj> factors) {
    int o = rowsPerPoint;
    int n = kernel.numRows;
    for (int level = 0; level < factors.size(); level++) {
      Stencils stencils = pass.points().levels().get(level);
      StencilProducts products = new StencilProducts(stencils);
      DMatrixRMaj factor = factors.get(level);
      int panel = panelRows(n, Math.max(factor.numCols, 64));
      for (int from = 0; from < n; from += panel) {
        int rows = Math.min(panel, n - from);
        int columns = n - from;
        double[] gradients = gram(factor, from, rows);
        double[] overlap = new double[columns / o];
        for (int i = 0; i < rows; i++) {
          if (i % o == 0) {
            products.row((from + i) / o, from / o, overlap);
          }
          int kernelAt = (from + i) * n + from;
          for (int j = 0; j < columns; j++) {
            kernel.data[kernelAt + j] += overlap[j / o] * gradients[i * columns + j];
          }
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
    int rows = Blas.panelRows(n, length);
    return Math.max(rowsPerPoint, rows / rowsPerPoint * rowsPerPoint);
  }

  private static DMatrixRMaj asRows(DMatrixRMaj matrix, int rows) {
    DMatrixRMaj view = new DMatrixRMaj();
    view.setData(matrix.data);
    view.numRows = rows;
    view.numCols = matrix.getNumElements() / rows;
    return view;
  }

  private static int longestProduct(List<DMatrixRMaj> factors) {
    return factors.stream().mapToInt(factor -> factor.numCols).max().orElse(1);
  }

  private static void mirror(DMatrixRMaj matrix, double factor) {
    int n = matrix.numRows;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double value = factor * matrix.data[i * n + j];
        matrix.data[i * n + j] = value;
        matrix.data[j * n + i] = value;
      }
    }
  }
}
