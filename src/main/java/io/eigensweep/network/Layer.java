package io.eigensweep.network;

import io.eigensweep.linalg.Blas;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * One layer of a {@link TrainableNetwork}: weights with the bias column, the input of a chunk of
 * samples with the constant column, their gradients, and the products between them.
 *
 * <p>With the bias as one more column of the weights and t_l/s_l as one more column of the input,
 * s·[W b]·[a; t/s] = s·W·a + t·b is one {@code sgemm}. The bias column is left out of the product
 * that adds up the update: it would be an edge of one in the library's tiles and cost 2 to 6 %. The
 * bias's own gradient Σδ is a product with ones, which the library does four times as fast as a
 * loop in Java.
 *
 * <p>Products that sum over samples, and those with few inputs or outputs, take {@value #BLOCK}
 * samples at a time whatever the chunk, so that sums round in an order of their own.
 */
final class Layer {
  /** Samples of a product that sums over them, or that has few inputs or outputs. */
  static final int BLOCK = 256;

  final int in;
  final int out;

  /** Numbers from one row to the next of the weights, and of the input. */
  final int stride;

  final boolean hasBias;
  final float[] weights;

  /** What the chunks of the current batch add to the weights, with their layout. */
  final float[] update;

  final float[] input;

  /** ∂loss/∂input, with the same stride as the input; the last column is never read. */
  final float[] inputGradient;

  /** σ' of the input for smooth activations, empty for ReLU, where the input tells. */
  final float[] slope;

  private final Blas blas;
  private final float scale;
  private final float biasScale;

  /** Samples of a forward product and of one for the gradient of the input. */
  private final int rows;

  private final float[] ones;
  private final float[] sums;
  private final ThinProducts thin;

  /**
   * A layer with the numbers of {@code w} and {@code bias}.
   *
   * @param bias empty for none
   * @param chunk the most samples that go through it together
   * @param first whether it reads encoded points
   * @param last whether it gives the network's outputs
   */
  Layer(
      NetworkSettings network,
      DMatrixRMaj w,
      float[] bias,
      int chunk,
      boolean first,
      boolean last,
      Blas blas) {
    this.blas = blas;
    in = w.numCols;
    out = w.numRows;
    hasBias = bias.length > 0;
    stride = in + (hasBias ? 1 : 0);
    LayerScale factors = LayerScale.of(network, in);
    scale = (float) factors.weight();
    biasScale = (float) factors.bias();
    weights = new float[Math.multiplyExact(out, stride)];
    for (int row = 0; row < out; row++) {
      for (int column = 0; column < in; column++) {
        weights[row * stride + column] = (float) w.get(row, column);
      }
      if (hasBias) {
        weights[row * stride + in] = bias[row];
      }
    }
    update = new float[weights.length];
    input = new float[Math.multiplyExact(chunk, stride)];
    if (hasBias) {
      float constant = (float) (factors.bias() / factors.weight());
      for (int row = 0; row < chunk; row++) {
        input[row * stride + in] = constant;
      }
    }
    inputGradient = first ? new float[0] : new float[input.length];
    boolean smooth = !first && network.activation() != Activation.RELU;
    slope = smooth ? new float[input.length] : new float[0];
    rows = last ? BLOCK : chunk;
    ones = new float[Math.min(chunk, BLOCK)];
    Arrays.fill(ones, 1);
    sums = new float[out];
    thin = new ThinProducts(blas, in, stride, out, first);
  }

  /**
   * z ← s·W·a + t·b for {@code count} samples.
   *
   * @param changed whether the weights may have changed since the last call
   */
  void forward(int count, float[] z, int zStride, boolean changed) {
    if (thin.takesForward(count)) {
      thin.forward(count, scale, input, weights, changed, z, zStride);
      return;
    }
    for (int from = 0; from < count; from += rows) {
      blas.sgemm(
          false,
          true,
          Math.min(rows, count - from),
          out,
          stride,
          scale,
          input,
          from * stride,
          stride,
          weights,
          0,
          stride,
          0f,
          z,
          from * zStride,
          zStride);
    }
  }

  /** The gradient of the input, s·δ·W, before σ'. */
  void backward(int count, float[] delta, int deltaStride) {
    for (int from = 0; from < count; from += rows) {
      backward(
          from,
          Math.min(rows, count - from),
          delta,
          deltaStride,
          0,
          in,
          inputGradient,
          from * stride,
          stride);
    }
  }

  /**
   * The gradient of {@code columns} entries of the input, from {@code firstColumn} on, into {@code
   * target}, which holds them alone.
   */
  void backward(
      int count,
      float[] delta,
      int deltaStride,
      int firstColumn,
      int columns,
      float[] target,
      int at) {
    for (int from = 0; from < count; from += BLOCK) {
      backward(
          from,
          Math.min(BLOCK, count - from),
          delta,
          deltaStride,
          firstColumn,
          columns,
          target,
          at + from * columns,
          columns);
    }
  }

  private void backward(
      int from,
      int count,
      float[] delta,
      int deltaStride,
      int firstColumn,
      int columns,
      float[] target,
      int at,
      int targetStride) {
    blas.sgemm(
        false,
        false,
        count,
        columns,
        out,
        scale,
        delta,
        from * deltaStride,
        deltaStride,
        weights,
        firstColumn,
        stride,
        0f,
        target,
        at,
        targetStride);
  }

  /**
   * update ← factor·∂loss/∂[W b] of {@code count} samples, added to what is there unless {@code
   * fresh}.
   */
  void accumulate(int count, float[] delta, int deltaStride, double factor, boolean fresh) {
    for (int from = 0; from < count; from += BLOCK) {
      int block = Math.min(BLOCK, count - from);
      float beta = fresh && from == 0 ? 0 : 1;
      int at = from * deltaStride;
      float alpha = (float) (factor * scale);
      if (thin.takesUpdate(block)) {
        thin.update(block, alpha, delta, at, deltaStride, input, from * stride, beta, update);
      } else {
        blas.sgemm(
            true,
            false,
            out,
            in,
            block,
            alpha,
            delta,
            at,
            deltaStride,
            input,
            from * stride,
            stride,
            beta,
            update,
            0,
            stride);
      }
      if (hasBias) {
        accumulateBias(block, delta, at, deltaStride, (float) factor * biasScale, beta);
      }
    }
  }

  /** The bias's share of the update, factor·t·Σδ. */
  private void accumulateBias(
      int count, float[] delta, int at, int deltaStride, float factor, float beta) {
    blas.sgemm(true, false, out, 1, count, 1f, delta, at, deltaStride, ones, 0, 1, 0f, sums, 0, 1);
    for (int row = 0; row < out; row++) {
      int bias = row * stride + in;
      update[bias] = factor * sums[row] + (beta == 0 ? 0 : update[bias]);
    }
  }

  /** W as a copy, out × in. */
  DMatrixRMaj weightMatrix() {
    DMatrixRMaj w = new DMatrixRMaj(out, in);
    for (int row = 0; row < out; row++) {
      for (int column = 0; column < in; column++) {
        w.set(row, column, weights[row * stride + column]);
      }
    }
    return w;
  }

  /** b as a copy, out × 1; only with a bias. */
  DMatrixRMaj biasVector() {
    DMatrixRMaj b = new DMatrixRMaj(out, 1);
    for (int row = 0; row < out; row++) {
      b.set(row, 0, weights[row * stride + in]);
    }
    return b;
  }
}
