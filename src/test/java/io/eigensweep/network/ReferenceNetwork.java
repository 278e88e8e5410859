package io.eigensweep.network;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The slow, clear implementation: one point at a time, float64, every gradient written out. The
 * fast ones are tested against it, and it is tested against finite differences.
 */
public record ReferenceNetwork(NetworkSettings network, EncodedPoints points) {

  /** f(x_i). */
  public double[] output(Parameters parameters, int i) {
    return forward(parameters, i).get(network.hiddenLayers() + 1).data;
  }

  /** Mean over the points in {@code rows} and the channels of (f − y)². */
  public double loss(Parameters parameters, double[] targets, int[] rows) {
    int channels = parameters.channels();
    double sum = 0;
    for (int i : rows) {
      double[] f = output(parameters, i);
      for (int c = 0; c < channels; c++) {
        double residual = f[c] - targets[i * channels + c];
        sum += residual * residual;
      }
    }
    return sum / (rows.length * (double) channels);
  }

  /** ∂loss/∂θ. */
  public Parameters gradient(Parameters parameters, double[] targets, int[] rows) {
    Parameters gradient = zeros(parameters);
    int channels = parameters.channels();
    for (int i : rows) {
      double[] f = output(parameters, i);
      for (int c = 0; c < channels; c++) {
        double factor = 2 * (f[c] - targets[i * channels + c]) / (rows.length * (double) channels);
        accumulate(gradient, factor, jacobianRow(parameters, i, c));
      }
    }
    return gradient;
  }

  /** θ ← θ − η·∂loss/∂θ, in place. */
  public void descend(Parameters parameters, double[] targets, int[] rows, double rate) {
    accumulate(parameters, -rate, gradient(parameters, targets, rows));
  }

  /** ∇_θ f_c(x_i). */
  public Parameters jacobianRow(Parameters parameters, int i, int c) {
    List<DMatrixRMaj> forward = forward(parameters, i);
    Parameters row = zeros(parameters);
    DMatrixRMaj delta = new DMatrixRMaj(parameters.channels(), 1);
    delta.set(c, 0, 1);
    for (int layer = network.hiddenLayers(); layer >= 0; layer--) {
      DMatrixRMaj w = parameters.weights().get(layer);
      LayerScale scale = LayerScale.of(network, w.numCols);
      DMatrixRMaj a = activated(forward.get(layer), layer);
      CommonOps_DDRM.multTransB(scale.weight(), delta, a, row.weights().get(layer));
      if (parameters.hasBias()) {
        CommonOps_DDRM.scale(scale.bias(), delta, row.biases().get(layer));
      }
      DMatrixRMaj below = new DMatrixRMaj(w.numCols, 1);
      CommonOps_DDRM.multTransA(scale.weight(), w, delta, below);
      if (layer > 0) {
        for (int j = 0; j < w.numCols; j++) {
          below.data[j] *= network.activation().derivative(forward.get(layer).data[j]);
        }
      }
      delta = below;
    }
    for (int level = 0; level < points.levels().size(); level++) {
      Stencils stencils = points.levels().get(level);
      int k = points.features();
      for (int corner = 0; corner < stencils.perPoint(); corner++) {
        int at = i * stencils.perPoint() + corner;
        for (int j = 0; j < k; j++) {
          row.grids().get(level).data[stencils.nodes()[at] * k + j] +=
              stencils.weights()[at] * delta.data[points.fixedDimension() + level * k + j];
        }
      }
    }
    return row;
  }

  /** All numbers in one vector: weights, biases, grids. */
  public static double[] flat(List<DMatrixRMaj> matrices) {
    return matrices.stream()
        .flatMapToDouble(m -> java.util.Arrays.stream(m.data, 0, m.getNumElements()))
        .toArray();
  }

  public static Parameters copy(Parameters parameters) {
    return new Parameters(
        parameters.weights().stream().map(DMatrixRMaj::copy).toList(),
        parameters.biases().stream().map(DMatrixRMaj::copy).toList(),
        parameters.grids().stream().map(DMatrixRMaj::copy).toList());
  }

  /** γ(x_i), then z of every layer; the last is f. */
  private List<DMatrixRMaj> forward(Parameters parameters, int i) {
    List<DMatrixRMaj> values = new ArrayList<>();
    values.add(encoded(parameters, i));
    for (int layer = 0; layer <= network.hiddenLayers(); layer++) {
      DMatrixRMaj w = parameters.weights().get(layer);
      LayerScale scale = LayerScale.of(network, w.numCols);
      DMatrixRMaj z = new DMatrixRMaj(w.numRows, 1);
      CommonOps_DDRM.mult(scale.weight(), w, activated(values.get(layer), layer), z);
      if (parameters.hasBias()) {
        CommonOps_DDRM.addEquals(z, scale.bias(), parameters.biases().get(layer));
      }
      values.add(z);
    }
    return values;
  }

  private DMatrixRMaj activated(DMatrixRMaj z, int layer) {
    if (layer == 0) {
      return z;
    }
    DMatrixRMaj a = z.copy();
    for (int j = 0; j < a.getNumElements(); j++) {
      a.data[j] = network.activation().value(a.data[j]);
    }
    return a;
  }

  private DMatrixRMaj encoded(Parameters parameters, int i) {
    DMatrixRMaj gamma = new DMatrixRMaj(points.encodedDimension(), 1);
    System.arraycopy(
        points.fixed(), i * points.fixedDimension(), gamma.data, 0, points.fixedDimension());
    for (int level = 0; level < points.levels().size(); level++) {
      Stencils stencils = points.levels().get(level);
      for (int corner = 0; corner < stencils.perPoint(); corner++) {
        int at = i * stencils.perPoint() + corner;
        for (int j = 0; j < points.features(); j++) {
          gamma.data[points.fixedDimension() + level * points.features() + j] +=
              stencils.weights()[at] * parameters.grids().get(level).get(stencils.nodes()[at], j);
        }
      }
    }
    return gamma;
  }

  private static Parameters zeros(Parameters parameters) {
    Parameters zeros = copy(parameters);
    zeros.weights().forEach(DMatrixRMaj::zero);
    zeros.biases().forEach(DMatrixRMaj::zero);
    zeros.grids().forEach(DMatrixRMaj::zero);
    return zeros;
  }

  private static void accumulate(Parameters sum, double factor, Parameters term) {
    accumulate(sum.weights(), factor, term.weights());
    accumulate(sum.biases(), factor, term.biases());
    accumulate(sum.grids(), factor, term.grids());
  }

  private static void accumulate(List<DMatrixRMaj> sum, double factor, List<DMatrixRMaj> term) {
    for (int m = 0; m < sum.size(); m++) {
      CommonOps_DDRM.addEquals(sum.get(m), factor, term.get(m));
    }
  }
}
