package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.LayerScale;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The Jacobian J of a network on its points, never written out: row r of a layer's part is κ·δ_r ⊗
 * [s·a, t], of a grid level's part κ·g_r ⊗ w, with δ = ∂f/∂z, g = ∂f/∂γ and w the interpolation
 * weights, so that K = J·Jᵀ.
 *
 * <p>The factors δ and g are computed with one row per point and output, row i·C + c. For {@code
 * full} these are the rows of J. For {@code mean} and {@code sum} the same memory is read as N rows
 * of length C·width, which stacks the Jacobians of the outputs side by side: J_c Jᵀ_c summed. There
 * the last hidden layer collapses over the outputs, Σ_c (v_c)_j² being one number per unit j, and
 * the output layer has the one factor √C.
 *
 * @param points N
 * @param rowsPerPoint C for {@code full}, else 1
 * @param scale κ, 1/√C for {@code mean}, else 1
 * @param layers the layers, from the first
 * @param levels the grid levels, the coarsest first
 */
record JacobianFactors(
    int points, int rowsPerPoint, double scale, List<Layer> layers, List<Level> levels) {

  /**
   * One layer's factors.
   *
   * @param delta δ, rows × units
   * @param input a, N × inputs
   * @param scale s and t
   */
  record Layer(DMatrixRMaj delta, DMatrixRMaj input, LayerScale scale) {}

  /**
   * One grid level's factors.
   *
   * @param gradient g, rows × numbers per node
   * @param stencils w
   */
  record Level(DMatrixRMaj gradient, Stencils stencils) {}

  JacobianFactors {
    layers = List.copyOf(layers);
    levels = List.copyOf(levels);
  }

  /** The factors of an evaluated network. */
  static JacobianFactors of(ForwardPass pass, Outputs outputs, Blas blas) {
    int channels = pass.parameters().channels();
    int rowsPerPoint = outputs == Outputs.FULL ? channels : 1;
    int points = pass.points().count();
    int rows = Math.multiplyExact(points, rowsPerPoint);
    List<DMatrixRMaj> deltas = deltas(pass, channels, blas);
    List<Level> levels = levels(pass, deltas.get(0), rows, blas);
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer <= pass.hiddenLayers(); layer++) {
      DMatrixRMaj delta =
          layer == pass.hiddenLayers()
              ? outputFactor(rows, outputs, channels, blas)
              : layer == pass.hiddenLayers() - 1 && outputs != Outputs.FULL
                  ? collapsedLastHidden(pass, blas)
                  : asRows(deltas.get(layer), rows);
      layers.add(new Layer(delta, pass.inputs().get(layer), pass.scales().get(layer)));
    }
    double scale = outputs == Outputs.MEAN ? blas.round(1 / Math.sqrt(channels)) : 1;
    return new JacobianFactors(points, rowsPerPoint, scale, layers, levels);
  }

  /** M, the rows of J and of K. */
  int rows() {
    return points * rowsPerPoint;
  }

  /** The factors of some layers and levels alone. */
  JacobianFactors of(List<Integer> someLayers, List<Integer> someLevels) {
    return new JacobianFactors(
        points,
        rowsPerPoint,
        scale,
        someLayers.stream().map(layers::get).toList(),
        someLevels.stream().map(levels::get).toList());
  }

  /** The length of the longest inner product in an entry of K. */
  int longestProduct() {
    int longest = 1;
    for (Layer layer : layers) {
      longest = Math.max(longest, Math.max(layer.delta().numCols, layer.input().numCols));
    }
    for (Level level : levels) {
      longest = Math.max(longest, level.gradient().numCols);
    }
    return longest;
  }

  /** Columns of J that are not zero everywhere: parameters that some point depends on. */
  long columns() {
    long columns = 0;
    for (Layer layer : layers) {
      int inputs = layer.input().numCols + (layer.scale().bias() > 0 ? 1 : 0);
      columns += (long) layer.delta().numCols * inputs;
    }
    for (Level level : levels) {
      columns += (long) level.gradient().numCols * touchedNodes(level.stencils());
    }
    return columns;
  }

  /** How many nodes of a level some point reads. */
  static int touchedNodes(Stencils stencils) {
    boolean[] touched = new boolean[stencils.nodeCount()];
    int count = 0;
    for (int node : stencils.nodes()) {
      count += touched[node] ? 0 : 1;
      touched[node] = true;
    }
    return count;
  }

  /** δ of each hidden layer, N·C × width. */
  private static List<DMatrixRMaj> deltas(ForwardPass pass, int channels, Blas blas) {
    int hidden = pass.hiddenLayers();
    DMatrixRMaj last =
        new DMatrixRMaj(Math.multiplyExact(pass.points().count(), channels), channels);
    for (int row = 0; row < last.numRows; row++) {
      last.data[row * channels + row % channels] = 1;
    }
    DMatrixRMaj[] deltas = new DMatrixRMaj[hidden];
    DMatrixRMaj above = last;
    for (int layer = hidden - 1; layer >= 0; layer--) {
      above = pass.backward(layer, above, channels, blas);
      deltas[layer] = above;
    }
    return List.of(deltas);
  }

  private static DMatrixRMaj outputFactor(int rows, Outputs outputs, int channels, Blas blas) {
    if (outputs != Outputs.FULL) {
      DMatrixRMaj factor = new DMatrixRMaj(rows, 1);
      factor.fill(blas.round(Math.sqrt(channels)));
      return factor;
    }
    DMatrixRMaj factor = new DMatrixRMaj(rows, channels);
    for (int row = 0; row < rows; row++) {
      factor.data[row * channels + row % channels] = 1;
    }
    return factor;
  }

  /** N × width: row i has s·σ'(z_ij)·√(Σ_c W_cj²), whose Gram matrix is Σ_c of δ^c's. */
  private static DMatrixRMaj collapsedLastHidden(ForwardPass pass, Blas blas) {
    int hidden = pass.hiddenLayers();
    DMatrixRMaj w = pass.parameters().weights().get(hidden);
    double scale = pass.scales().get(hidden).weight();
    double[] norms = new double[w.numCols];
    for (int j = 0; j < w.numCols; j++) {
      double sum = 0;
      for (int c = 0; c < w.numRows; c++) {
        sum = blas.round(sum + blas.round(w.get(c, j) * w.get(c, j)));
      }
      norms[j] = blas.round(blas.round(scale) * blas.round(Math.sqrt(sum)));
    }
    DMatrixRMaj collapsed = pass.slopes().get(hidden - 1).copy();
    for (int i = 0; i < collapsed.getNumElements(); i++) {
      collapsed.data[i] = blas.round(collapsed.data[i] * norms[i % w.numCols]);
    }
    return collapsed;
  }

  /** g of each grid level, with one row per row of the kernel. */
  private static List<Level> levels(ForwardPass pass, DMatrixRMaj firstDelta, int rows, Blas blas) {
    EncodedPoints points = pass.points();
    List<Level> levels = new ArrayList<>();
    if (points.levels().isEmpty()) {
      return levels;
    }
    DMatrixRMaj gradient = pass.backwardToGrid(firstDelta, blas);
    int k = points.features();
    for (int level = 0; level < points.levels().size(); level++) {
      DMatrixRMaj factor = new DMatrixRMaj(gradient.numRows, k);
      for (int row = 0; row < gradient.numRows; row++) {
        System.arraycopy(
            gradient.data, row * gradient.numCols + level * k, factor.data, row * k, k);
      }
      levels.add(new Level(asRows(factor, rows), points.levels().get(level)));
    }
    return levels;
  }

  private static DMatrixRMaj asRows(DMatrixRMaj matrix, int rows) {
    DMatrixRMaj view = new DMatrixRMaj();
    view.setData(matrix.data);
    view.numRows = rows;
    view.numCols = matrix.getNumElements() / rows;
    return view;
  }
}
