package io.eigensweep.training;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.LayerScale;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * Plain descent with ReLU as it is written with EJML alone: one matrix operation for each formula,
 * on whole batches, in float32. The trainer is compared with it, in its numbers and its speed.
 */
public final class EjmlTraining {
  private final NetworkSettings network;
  private final Samples samples;
  private final int batchSize;
  private final float rate;
  private final EncodedPoints points;
  private final RandomStream shuffle;
  private final int[] order;
  private final FMatrixRMaj[] weights;
  private final FMatrixRMaj[] biases;
  private final FMatrixRMaj[] grids;

  /** A training of a network with biases from {@code initial} on. */
  public EjmlTraining(
      NetworkSettings network,
      Parameters initial,
      Samples samples,
      int batchSize,
      double rate,
      long seed) {
    this.network = network;
    this.samples = samples;
    this.batchSize = batchSize;
    this.rate = (float) rate;
    this.points = samples.points();
    this.shuffle = RandomStream.of("shuffle", seed);
    this.order = new int[points.count()];
    Arrays.setAll(order, i -> i);
    this.weights = single(initial.weights());
    this.biases = single(initial.biases());
    this.grids = single(initial.grids());
  }

  /** Every trained array, row-major: the weights of all layers, their biases, the grids. */
  List<float[]> numbers() {
    return Stream.of(weights, biases, grids)
        .flatMap(Arrays::stream)
        .map(matrix -> Arrays.copyOf(matrix.data, matrix.getNumElements()))
        .toList();
  }

  private static FMatrixRMaj[] single(List<DMatrixRMaj> matrices) {
    return matrices.stream().map(EjmlTraining::single).toArray(FMatrixRMaj[]::new);
  }

  private static FMatrixRMaj single(DMatrixRMaj matrix) {
    FMatrixRMaj rounded = new FMatrixRMaj(matrix.numRows, matrix.numCols);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      rounded.data[i] = (float) matrix.data[i];
    }
    return rounded;
  }

  /** One pass over all samples in a fresh order. */
  public void runEpoch() {
    shuffle.shuffle(order);
    for (int from = 0; from < order.length; from += batchSize) {
      step(from, Math.min(batchSize, order.length - from));
    }
  }

  private void step(int from, int count) {
    int layers = weights.length;
    FMatrixRMaj[] a = new FMatrixRMaj[layers + 1];
    a[0] = encoded(from, count);
    for (int l = 0; l < layers; l++) {
      LayerScale scale = LayerScale.of(network, weights[l].numCols);
      FMatrixRMaj z = new FMatrixRMaj(count, weights[l].numRows);
      CommonOps_FDRM.multTransB((float) scale.weight(), a[l], weights[l], z);
      boolean last = l == layers - 1;
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < z.numCols; j++) {
          int at = i * z.numCols + j;
          float sum = z.data[at] + (float) scale.bias() * biases[l].data[j];
          z.data[at] = last ? sum : Math.max(sum, 0);
        }
      }
      a[l + 1] = z;
    }
    FMatrixRMaj delta = residuals(a[layers], from, count);
    for (int l = layers - 1; l >= 0; l--) {
      LayerScale scale = LayerScale.of(network, weights[l].numCols);
      FMatrixRMaj below = new FMatrixRMaj(count, weights[l].numCols);
      if (l > 0 || grids.length > 0) {
        CommonOps_FDRM.mult((float) scale.weight(), delta, weights[l], below);
      }
      CommonOps_FDRM.multAddTransA((float) (-rate * scale.weight()), delta, a[l], weights[l]);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < delta.numCols; j++) {
          biases[l].data[j] -= rate * (float) scale.bias() * delta.data[i * delta.numCols + j];
        }
      }
      for (int i = 0; l > 0 && i < below.getNumElements(); i++) {
        below.data[i] = a[l].data[i] > 0 ? below.data[i] : 0;
      }
      delta = below;
    }
    descendGrids(delta, from, count);
  }

  private FMatrixRMaj residuals(FMatrixRMaj f, int from, int count) {
    FMatrixRMaj delta = new FMatrixRMaj(count, f.numCols);
    float factor = 2f / (count * f.numCols);
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < f.numCols; c++) {
        float y = samples.targets()[order[from + i] * f.numCols + c];
        delta.data[i * f.numCols + c] = factor * (f.data[i * f.numCols + c] - y);
      }
    }
    return delta;
  }

  private FMatrixRMaj encoded(int from, int count) {
    int e = points.encodedDimension();
    int fixed = points.fixedDimension();
    FMatrixRMaj gamma = new FMatrixRMaj(count, e);
    for (int i = 0; i < count; i++) {
      int sample = order[from + i];
      for (int j = 0; j < fixed; j++) {
        gamma.data[i * e + j] = (float) points.fixed()[sample * fixed + j];
      }
      for (int level = 0; level < grids.length; level++) {
        Stencils stencils = points.levels().get(level);
        int k = points.features();
        for (int s = sample * stencils.perPoint(); s < (sample + 1) * stencils.perPoint(); s++) {
          for (int j = 0; j < k; j++) {
            gamma.data[i * e + fixed + level * k + j] +=
                (float) stencils.weights()[s] * grids[level].data[stencils.nodes()[s] * k + j];
          }
        }
      }
    }
    return gamma;
  }

  private void descendGrids(FMatrixRMaj delta, int from, int count) {
    int e = points.encodedDimension();
    for (int level = 0; level < grids.length; level++) {
      Stencils stencils = points.levels().get(level);
      int k = points.features();
      for (int i = 0; i < count; i++) {
        int sample = order[from + i];
        for (int s = sample * stencils.perPoint(); s < (sample + 1) * stencils.perPoint(); s++) {
          for (int j = 0; j < k; j++) {
            grids[level].data[stencils.nodes()[s] * k + j] -=
                rate
                    * (float) stencils.weights()[s]
                    * delta.data[i * e + points.fixedDimension() + level * k + j];
          }
        }
      }
    }
  }
}
