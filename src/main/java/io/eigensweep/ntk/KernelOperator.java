package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.LayerScale;
import org.ejml.data.DMatrixRMaj;

/**
 * The product v ↦ K_full·v = J(Jᵀv) through the network, without K or J: one backward pass gives
 * Jᵀv as a direction in parameter space, one forward-mode pass gives the outputs' change along it.
 */
final class KernelOperator {
  private final ForwardPass pass;
  private final Blas blas;

  KernelOperator(ForwardPass pass, Blas blas) {
    this.pass = pass;
    this.blas = blas;
  }

  /** N·C, the side of K_full. */
  int size() {
    return pass.outputs().getNumElements();
  }

  /**
   * K_full·v.
   *
   * @param v one entry per point and output, i·C + c
   */
  double[] times(double[] v) {
    int layers = pass.hiddenLayers() + 1;
    DMatrixRMaj[] deltas = new DMatrixRMaj[layers];
    deltas[layers - 1] = DMatrixRMaj.wrap(pass.outputs().numRows, pass.outputs().numCols, v);
    for (int layer = layers - 2; layer >= 0; layer--) {
      deltas[layer] = pass.backward(layer, deltas[layer + 1], 1, blas);
    }
    DMatrixRMaj tangent = encodingTangent(deltas[0]);
    for (int layer = 0; layer < layers; layer++) {
      tangent = layerTangent(layer, deltas[layer], tangent);
      if (layer < layers - 1) {
        DMatrixRMaj slope = pass.slopes().get(layer);
        for (int i = 0; i < tangent.getNumElements(); i++) {
          tangent.data[i] *= slope.data[i];
        }
      }
    }
    return tangent.data;
  }

  /** ż = s·W·ȧ + s·(s·δᵀa)·a + t·(t·Σδ): the layer's parameters move along their own gradient. */
  private DMatrixRMaj layerTangent(int layer, DMatrixRMaj delta, DMatrixRMaj inputTangent) {
    DMatrixRMaj w = pass.parameters().weights().get(layer);
    DMatrixRMaj a = pass.inputs().get(layer);
    LayerScale scale = pass.scales().get(layer);
    DMatrixRMaj direction = new DMatrixRMaj(w.numRows, w.numCols);
    blas.multiplyTransposed(scale.weight(), delta, a, 0, direction);
    DMatrixRMaj z = new DMatrixRMaj(a.numRows, w.numRows);
    double t2 = scale.bias() * scale.bias();
    if (t2 > 0) {
      double[] sums = columnSums(delta);
      for (int i = 0; i < z.getNumElements(); i++) {
        z.data[i] = t2 * sums[i % z.numCols];
      }
    }
    blas.multiply(scale.weight(), a, true, direction, 1, z);
    blas.multiply(scale.weight(), inputTangent, true, w, 1, z);
    return z;
  }

  /** γ̇: every grid moves along its own gradient; the fixed part does not move. */
  private DMatrixRMaj encodingTangent(DMatrixRMaj firstDelta) {
    EncodedPoints points = pass.points();
    int e = points.encodedDimension();
    int k = points.features();
    DMatrixRMaj tangent = new DMatrixRMaj(points.count(), e);
    DMatrixRMaj gradient = pass.backwardToGrid(firstDelta, blas);
    for (int level = 0; level < points.levels().size(); level++) {
      Stencils stencils = points.levels().get(level);
      int s = stencils.perPoint();
      double[] direction = new double[Math.multiplyExact(stencils.nodeCount(), k)];
      for (int i = 0; i < points.count(); i++) {
        for (int corner = i * s; corner < (i + 1) * s; corner++) {
          for (int j = 0; j < k; j++) {
            direction[stencils.nodes()[corner] * k + j] +=
                stencils.weights()[corner] * gradient.data[i * gradient.numCols + level * k + j];
          }
        }
      }
      for (int i = 0; i < points.count(); i++) {
        int at = i * e + points.fixedDimension() + level * k;
        for (int corner = i * s; corner < (i + 1) * s; corner++) {
          for (int j = 0; j < k; j++) {
            tangent.data[at + j] +=
                stencils.weights()[corner] * direction[stencils.nodes()[corner] * k + j];
          }
        }
      }
    }
    return tangent;
  }

  private static double[] columnSums(DMatrixRMaj matrix) {
    double[] sums = new double[matrix.numCols];
    for (int i = 0; i < matrix.getNumElements(); i++) {
      sums[i % matrix.numCols] += matrix.data[i];
    }
    return sums;
  }
}
