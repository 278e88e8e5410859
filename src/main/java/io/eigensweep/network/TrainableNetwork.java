package io.eigensweep.network;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.Blas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/**
 * A network in float32 on one core, with every buffer allocated once: the workspace of a trial.
 *
 * <p>A {@link Layer} forward is one {@code sgemm} and one pass for σ. Backward it is one {@code
 * sgemm} for the layer below, one pass for σ', and one {@code sgemm} with alpha = −η·s that adds up
 * the batch's update of the weights. A layer's weights change only after the layer below has its δ,
 * so each step is the plain gradient step.
 */
public final class TrainableNetwork {
  /**
   * Samples that go through the network together. With fewer the products lose by repacking the
   * weights for each chunk (11 % with 96 at width 512), with more the passes between the products
   * lose the cache (4 % with 512 and with 1024).
   */
  private static final int CHUNK = 256;

  private final Activation activation;
  private final int chunkSize;
  private final int channels;
  private final int fixedDimension;
  private final int encodedDimension;
  private final float[] fixed;
  private final GridTable[] grids;
  private final int features;
  private final Layer[] layers;
  private final float[] gridGradient;
  private final float[] outputs;
  private final Set<Part> frozen = EnumSet.noneOf(Part.class);
  private int accumulated;

  /**
   * Takes the numbers of {@code initial}, rounded to float32.
   *
   * @param samples the points that training and evaluation refer to by index
   * @param batchSize the most samples of one step
   */
  public TrainableNetwork(
      NetworkSettings network,
      Parameters initial,
      EncodedPoints samples,
      int batchSize,
      Blas blas) {
    this.activation = network.activation();
    this.chunkSize = Math.min(batchSize, CHUNK);
    this.channels = initial.channels();
    this.fixedDimension = samples.fixedDimension();
    this.encodedDimension = samples.encodedDimension();
    this.features = samples.features();
    this.fixed = FloatArrays.of(samples.fixed(), samples.fixed().length);
    this.grids = new GridTable[samples.levels().size()];
    for (int level = 0; level < grids.length; level++) {
      grids[level] = new GridTable(initial.grids().get(level), samples.levels().get(level));
    }
    this.layers = new Layer[network.hiddenLayers() + 1];
    for (int l = 0; l < layers.length; l++) {
      float[] bias =
          initial.hasBias()
              ? FloatArrays.of(
                  initial.biases().get(l).data, initial.biases().get(l).getNumElements())
              : new float[0];
      layers[l] =
          new Layer(
              network,
              initial.weights().get(l),
              bias,
              chunkSize,
              l == 0,
              l == layers.length - 1,
              blas);
    }
    this.gridGradient = new float[gridGradients(batchSize, encodedDimension - fixedDimension)];
    this.outputs = new float[chunkSize * channels];
  }

  /**
   * The numbers in the gradients of a batch's interpolated grid features.
   *
   * @throws IllegalArgumentException when they don't fit into one array
   */
  public static int gridGradients(long batchSize, long columns) {
    long numbers = Math.multiplyExact(batchSize, columns);
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "training.batch-size %,d with %,d grid features per sample makes %,d gradients, at"
                  + " most 2,147,483,639 fit",
              batchSize,
              columns,
              numbers));
    }
    return (int) numbers;
  }

  /** C. */
  public int channels() {
    return channels;
  }

  /** The most samples of one call of {@link #forward}. */
  public int chunkSize() {
    return chunkSize;
  }

  /**
   * Evaluates the samples {@code order[from] … order[from + count − 1]}.
   *
   * @return count × C values at the front of a buffer that the next call overwrites
   */
  public float[] forward(int[] order, int from, int count) {
    gather(order, from, count);
    for (int l = 0; l < layers.length; l++) {
      Layer layer = layers[l];
      boolean last = l == layers.length - 1;
      float[] z = last ? outputs : layers[l + 1].input;
      int stride = last ? channels : layers[l + 1].stride;
      layer.forward(count, z, stride, accumulated == 0);
      if (!last) {
        activate(layers[l + 1], count);
      }
    }
    return outputs;
  }

  /**
   * Back-propagates through the samples of the last {@link #forward} and adds their share
   * factor·Jᵀg of the batch's gradient: with factor −η to what {@link #applyUpdate} will add to the
   * parameters, with factor 1 to what {@link #completeGradients} completes.
   *
   * @param count the count of that call
   * @param outputGradient g = ∂loss/∂f, count × C
   */
  public void accumulate(int count, float[] outputGradient, double factor) {
    float[] delta = outputGradient;
    int deltaStride = channels;
    for (int l = layers.length - 1; l >= 0; l--) {
      Layer layer = layers[l];
      if (l > 0) {
        layer.backward(count, delta, deltaStride);
        applySlope(layer, count);
      } else if (grids.length > 0) {
        int columns = encodedDimension - fixedDimension;
        layer.backward(
            count,
            delta,
            deltaStride,
            fixedDimension,
            columns,
            gridGradient,
            accumulated * columns);
      }
      layer.accumulate(count, delta, deltaStride, factor, accumulated == 0);
      delta = layer.inputGradient;
      deltaStride = layer.stride;
    }
    accumulated += count;
  }

  /**
   * Ends a gradient step: θ ← θ − η·Jᵀg for all samples accumulated since the last one.
   *
   * @param order the accumulated samples are order[from] … in this order
   */
  public void applyUpdate(int[] order, int from, double rate) {
    for (int l = 0; l < layers.length && !isFrozen(Part.NETWORK); l++) {
      FloatArrays.add(layers[l].weights, layers[l].update);
    }
    if (!isFrozen(Part.GRID)) {
      scatter(order, from, (float) -rate, false);
    }
    accumulated = 0;
  }

  /**
   * Ends the accumulation of a gradient with factor 1: the gradient of every {@link #trainables}
   * entry is then that of all samples accumulated since the last step. Takes a pass over every grid
   * node.
   *
   * @param order the accumulated samples are order[from] … in this order
   */
  public void completeGradients(int[] order, int from) {
    for (int level = 0; level < grids.length; level++) {
      grids[level].clearGradient();
    }
    scatter(order, from, 1, true);
    accumulated = 0;
  }

  /** Has {@code part} keep its numbers from the next step on. */
  public void freeze(Part part) {
    frozen.add(part);
  }

  /** Whether steps leave the numbers of {@code part} as they are. */
  public boolean isFrozen(Part part) {
    return frozen.contains(part);
  }

  /** Every array that a step changes, with room for its gradient. */
  public List<Trainable> trainables() {
    List<Trainable> trainables = new ArrayList<>();
    for (int l = 0; l < layers.length; l++) {
      trainables.add(
          new Trainable("layers." + l, Part.NETWORK, layers[l].weights, layers[l].update));
    }
    for (int level = 0; level < grids.length; level++) {
      trainables.add(
          new Trainable(
              "grid." + level, Part.GRID, grids[level].numbers(), grids[level].gradient()));
    }
    return List.copyOf(trainables);
  }

  /**
   * Everything that steps change and the next step depends on, by name: the arrays themselves, so
   * that writing to them restores a state. Between steps, not between the chunks of one.
   */
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    for (int l = 0; l < layers.length; l++) {
      state.put("layers." + l, layers[l].weights);
    }
    for (int level = 0; level < grids.length; level++) {
      state.put("grid." + level, grids[level].numbers());
    }
    return state;
  }

  /** The network's numbers, as a copy. */
  public Parameters parameters() {
    List<DMatrixRMaj> weights = new ArrayList<>();
    List<DMatrixRMaj> biases = new ArrayList<>();
    for (Layer layer : layers) {
      weights.add(layer.weightMatrix());
      if (layer.hasBias) {
        biases.add(layer.biasVector());
      }
    }
    return new Parameters(weights, biases, Arrays.stream(grids).map(GridTable::values).toList());
  }

  private void gather(int[] order, int from, int count) {
    Layer first = layers[0];
    for (int i = 0; i < count; i++) {
      int sample = order[from + i];
      int at = i * first.stride;
      System.arraycopy(fixed, sample * fixedDimension, first.input, at, fixedDimension);
      at += fixedDimension;
      for (GridTable grid : grids) {
        grid.gather(sample, first.input, at);
        at += features;
      }
    }
  }

  /** Adds the accumulated grid gradients to the grids' numbers, or to their gradients. */
  private void scatter(int[] order, int from, float factor, boolean toGradient) {
    int columns = encodedDimension - fixedDimension;
    for (int level = 0; level < grids.length; level++) {
      GridTable grid = grids[level];
      float[] target = toGradient ? grid.gradient() : grid.numbers();
      int at = level * features;
      for (int i = 0; i < accumulated; i++) {
        grid.scatterAdd(order[from + i], factor, gridGradient, at, target);
        at += columns;
      }
    }
  }

  /** The constant column is positive and may pass through σ = max(·, 0); others restore it. */
  private void activate(Layer next, int count) {
    if (activation == Activation.RELU) {
      FloatActivation.relu(next.input, count * next.stride);
      return;
    }
    float constant = next.hasBias ? next.input[next.in] : 0;
    FloatActivation.smooth(activation, next.input, next.slope, count * next.stride);
    for (int row = 0; next.hasBias && row < count; row++) {
      next.input[row * next.stride + next.in] = constant;
    }
  }

  private void applySlope(Layer layer, int count) {
    int length = count * layer.stride;
    if (activation == Activation.RELU) {
      FloatActivation.reluMask(layer.inputGradient, layer.input, length);
    } else {
      FloatActivation.multiply(layer.inputGradient, layer.slope, length);
    }
  }
}
