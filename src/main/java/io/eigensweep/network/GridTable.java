package io.eigensweep.network;

import io.eigensweep.encoding.Stencils;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * One trainable grid level in float32 with the stencils of all samples: sparse gather and
 * scatter-add, O(samples·nodes per sample·k) and independent of the resolution.
 */
final class GridTable {
  private final int features;
  private final int perPoint;
  private final float[] values;
  private float[] gradient = new float[0];
  private final int[] nodes;
  private final float[] weights;

  GridTable(DMatrixRMaj initial, Stencils stencils) {
    this.features = initial.numCols;
    this.perPoint = stencils.perPoint();
    this.values = FloatArrays.of(initial.data, initial.getNumElements());
    this.nodes = new int[stencils.nodes().length];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = Math.multiplyExact(stencils.nodes()[i], features);
    }
    this.weights = FloatArrays.of(stencils.weights(), stencils.weights().length);
  }

  /** Writes the level's k features of {@code sample} to {@code target} from {@code at} on. */
  void gather(int sample, float[] target, int at) {
    int first = sample * perPoint;
    if (features == 2) {
      float x = 0;
      float y = 0;
      for (int corner = first; corner < first + perPoint; corner++) {
        float weight = weights[corner];
        int node = nodes[corner];
        x += weight * values[node];
        y += weight * values[node + 1];
      }
      target[at] = x;
      target[at + 1] = y;
      return;
    }
    for (int j = 0; j < features; j++) {
      target[at + j] = 0;
    }
    for (int corner = first; corner < first + perPoint; corner++) {
      float weight = weights[corner];
      int node = nodes[corner];
      for (int j = 0; j < features; j++) {
        target[at + j] += weight * values[node + j];
      }
    }
  }

  /**
   * Adds factor·w·gradient to the entries of {@code target} for the nodes that {@code sample}
   * reads.
   */
  void scatterAdd(int sample, float factor, float[] gradient, int at, float[] target) {
    int first = sample * perPoint;
    if (features == 2) {
      float x = factor * gradient[at];
      float y = factor * gradient[at + 1];
      for (int corner = first; corner < first + perPoint; corner++) {
        float weight = weights[corner];
        int node = nodes[corner];
        target[node] += weight * x;
        target[node + 1] += weight * y;
      }
      return;
    }
    for (int corner = first; corner < first + perPoint; corner++) {
      float weight = factor * weights[corner];
      int node = nodes[corner];
      for (int j = 0; j < features; j++) {
        target[node + j] += weight * gradient[at + j];
      }
    }
  }

  /** As many entries as {@link #numbers}, for update rules that need the whole gradient. */
  float[] gradient() {
    if (gradient.length != values.length) {
      gradient = new float[values.length];
    }
    return gradient;
  }

  void clearGradient() {
    Arrays.fill(gradient(), 0);
  }

  /** The nodes' values, nodes × k, themselves. */
  float[] numbers() {
    return values;
  }

  /** The nodes' values, nodes × k, as a copy. */
  DMatrixRMaj values() {
    DMatrixRMaj copy = new DMatrixRMaj(values.length / features, features);
    for (int i = 0; i < values.length; i++) {
      copy.data[i] = values[i];
    }
    return copy;
  }
}
