package io.eigensweep.network;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.Blas;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A network evaluated in float64 on N points, with everything that its Jacobian is made of.
 *
 * @param points the points
 * @param parameters the network's numbers
 * @param scales s_l and t_l, l from 0
 * @param inputs a_l, the input of layer l, N × in
 * @param slopes σ'(z) of each hidden layer, N × width
 * @param outputs f, N × C
 */
public record ForwardPass(
    EncodedPoints points,
    Parameters parameters,
    List<LayerScale> scales,
    List<DMatrixRMaj> inputs,
    List<DMatrixRMaj> slopes,
    DMatrixRMaj outputs) {

  /** Evaluates the network, in the number type of {@code blas}. */
  public static ForwardPass of(
      NetworkSettings network, Parameters parameters, EncodedPoints points, Blas blas) {
    List<LayerScale> scales = new ArrayList<>();
    List<DMatrixRMaj> inputs = new ArrayList<>();
    List<DMatrixRMaj> slopes = new ArrayList<>();
    DMatrixRMaj a = encoded(parameters, points, blas);
    for (int layer = 0; layer <= network.hiddenLayers(); layer++) {
      DMatrixRMaj w = parameters.weights().get(layer);
      LayerScale scale = LayerScale.of(network, w.numCols);
      DMatrixRMaj z = new DMatrixRMaj(points.count(), w.numRows);
      if (parameters.hasBias()) {
        fillWithBias(z, parameters.biases().get(layer), blas.round(scale.bias()), blas);
      }
      blas.multiply(scale.weight(), a, true, w, 1, z);
      scales.add(scale);
      inputs.add(a);
      if (layer < network.hiddenLayers()) {
        slopes.add(activate(z, network.activation(), blas));
      }
      a = z;
    }
    return new ForwardPass(points, parameters, scales, inputs, slopes, a);
  }

  /** H, the hidden layers. */
  public int hiddenLayers() {
    return slopes.size();
  }

  /**
   * One step of back-propagation: from ∂/∂z of the layer above to ∂/∂z of hidden layer {@code
   * layer}, for {@code cotangents} rows per point.
   *
   * @param above rows × out of layer {@code layer + 1}, point i at rows i·cotangents …
   */
  public DMatrixRMaj backward(int layer, DMatrixRMaj above, int cotangents, Blas blas) {
    DMatrixRMaj w = parameters.weights().get(layer + 1);
    DMatrixRMaj below = new DMatrixRMaj(above.numRows, w.numCols);
    blas.multiply(scales.get(layer + 1).weight(), above, false, w, 0, below);
    DMatrixRMaj slope = slopes.get(layer);
    int width = w.numCols;
    for (int row = 0; row < below.numRows; row++) {
      int slopeAt = row / cotangents * width;
      int at = row * width;
      for (int j = 0; j < width; j++) {
        below.data[at + j] = blas.round(below.data[at + j] * slope.data[slopeAt + j]);
      }
    }
    return below;
  }

  /**
   * From ∂/∂z of the first layer to ∂/∂γ of the learning part of the encoding.
   *
   * @return rows × k·L
   */
  public DMatrixRMaj backwardToGrid(DMatrixRMaj first, Blas blas) {
    DMatrixRMaj w = parameters.weights().get(0);
    int columns = points.encodedDimension() - points.fixedDimension();
    DMatrixRMaj gradient = new DMatrixRMaj(first.numRows, columns);
    int panel = Blas.panelRows(columns, first.numCols);
    for (int row = 0; row < first.numRows && columns > 0; row += panel) {
      blas.dgemm(
          false,
          false,
          Math.min(panel, first.numRows - row),
          columns,
          first.numCols,
          scales.get(0).weight(),
          first.data,
          row * first.numCols,
          first.numCols,
          w.data,
          points.fixedDimension(),
          w.numCols,
          0,
          gradient.data,
          row * columns,
          columns);
    }
    return gradient;
  }

  private static DMatrixRMaj encoded(Parameters parameters, EncodedPoints points, Blas blas) {
    int e = points.encodedDimension();
    int fixed = points.fixedDimension();
    int k = points.features();
    DMatrixRMaj gamma = new DMatrixRMaj(points.count(), e);
    for (int i = 0; i < points.count(); i++) {
      for (int j = 0; j < fixed; j++) {
        gamma.data[i * e + j] = blas.round(points.fixed()[i * fixed + j]);
      }
    }
    for (int level = 0; level < points.levels().size(); level++) {
      Stencils stencils = points.levels().get(level);
      DMatrixRMaj grid = parameters.grids().get(level);
      int s = stencils.perPoint();
      for (int i = 0; i < points.count(); i++) {
        int at = i * e + fixed + k * level;
        for (int corner = i * s; corner < (i + 1) * s; corner++) {
          int node = stencils.nodes()[corner] * k;
          double weight = blas.round(stencils.weights()[corner]);
          for (int j = 0; j < k; j++) {
            double product = blas.round(weight * blas.round(grid.data[node + j]));
            gamma.data[at + j] = blas.round(gamma.data[at + j] + product);
          }
        }
      }
    }
    return gamma;
  }

  private static void fillWithBias(DMatrixRMaj z, DMatrixRMaj bias, double scale, Blas blas) {
    for (int i = 0; i < z.numRows; i++) {
      for (int j = 0; j < z.numCols; j++) {
        z.data[i * z.numCols + j] = blas.round(scale * blas.round(bias.data[j]));
      }
    }
  }

  /** Replaces z by σ(z) and returns σ'(z). */
  private static DMatrixRMaj activate(DMatrixRMaj z, Activation activation, Blas blas) {
    DMatrixRMaj slope = new DMatrixRMaj(z.numRows, z.numCols);
    for (int i = 0; i < z.getNumElements(); i++) {
      slope.data[i] = blas.round(activation.derivative(z.data[i]));
      z.data[i] = blas.round(activation.value(z.data[i]));
    }
    return slope;
  }
}
