package io.eigensweep.network;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.linalg.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Every trainable number of a network, in float64: the weights and biases of its layers and the
 * nodes of its grids. Mutable only through its matrices; trainers hold their own float32 copy.
 *
 * @param weights W_l, l from 0, out × in
 * @param biases b_l, one column vector per layer; empty when the network has none
 * @param grids one nodes × k matrix per grid level, the coarsest first
 */
public record Parameters(
    List<DMatrixRMaj> weights, List<DMatrixRMaj> biases, List<DMatrixRMaj> grids) {
  public Parameters {
    weights = List.copyOf(weights);
    biases = List.copyOf(biases);
    grids = List.copyOf(grids);
  }

  /**
   * The initial network of {@code seed}, rounded to float32 as training holds it. Each matrix has a
   * random stream of its own, so that networks behind different encodings share every layer but the
   * first.
   *
   * @param d dimension of the coordinates
   * @param channels C, outputs of the network
   */
  public static Parameters initial(
      NetworkSettings network, Encoding encoding, int d, int channels, long seed) {
    List<DMatrixRMaj> weights = new ArrayList<>();
    List<DMatrixRMaj> biases = new ArrayList<>();
    boolean standard = network.parameterization() == Parameterization.STANDARD;
    for (int layer = 0; layer <= network.hiddenLayers(); layer++) {
      int in = layer == 0 ? encoding.encodedDimension(d) : network.width();
      int out = layer == network.hiddenLayers() ? channels : network.width();
      double deviation = standard ? 1 / Math.sqrt(in) : 1;
      weights.add(gaussian("init/weight." + layer, seed, out, in, deviation));
      if (network.bias()) {
        biases.add(gaussian("init/bias." + layer, seed, out, 1, standard ? 0 : 1));
      }
    }
    List<DMatrixRMaj> grids = new ArrayList<>();
    if (encoding instanceof GridEncoding grid) {
      for (int level = 0; level < grid.levels(); level++) {
        int nodes = gridRows(grid, level, d);
        grids.add(gaussian("init/grid." + level, seed, nodes, grid.features(), grid.initStd()));
      }
    }
    return new Parameters(weights, biases, grids);
  }

  /** The entries of a level, whose k numbers each are one Java array. */
  private static int gridRows(GridEncoding grid, int level, int d) {
    long entries = grid.table(level, d).entries();
    if (entries > Integer.MAX_VALUE / grid.features()) {
      throw new IllegalArgumentException(
          "grid level "
              + level
              + " has "
              + entries
              + " entries of "
              + grid.features()
              + " numbers; at most 2147483647 numbers are possible: lower encoding.resolution or"
              + " encoding.features, or use a hashgrid");
    }
    return (int) entries;
  }

  /**
   * These numbers with each moved up or down by one unit in the last place of its float32: the
   * smallest change that training can see.
   *
   * @param seed which of the 2^count
   */
  public Parameters nudged(long seed) {
    RandomStream random = RandomStream.of("nudge", seed);
    return new Parameters(nudged(weights, random), nudged(biases, random), nudged(grids, random));
  }

  private static List<DMatrixRMaj> nudged(List<DMatrixRMaj> matrices, RandomStream random) {
    List<DMatrixRMaj> moved = new ArrayList<>();
    for (DMatrixRMaj matrix : matrices) {
      DMatrixRMaj copy = matrix.copy();
      for (int i = 0; i < copy.getNumElements(); i++) {
        float value = (float) copy.data[i];
        copy.data[i] = random.nextDouble() < 0.5 ? Math.nextUp(value) : Math.nextDown(value);
      }
      moved.add(copy);
    }
    return moved;
  }

  /** How many trainable numbers there are. */
  public long count() {
    return countOf(weights) + countOf(biases) + countOf(grids);
  }

  /** How many of them belong to the encoding. */
  public long encodingCount() {
    return countOf(grids);
  }

  /** Whether the layers have biases. */
  public boolean hasBias() {
    return !biases.isEmpty();
  }

  /** C, the outputs of the network. */
  public int channels() {
    return weights.get(weights.size() - 1).numRows;
  }

  private static long countOf(List<DMatrixRMaj> matrices) {
    return matrices.stream().mapToLong(DMatrixRMaj::getNumElements).sum();
  }

  private static DMatrixRMaj gaussian(
      String stream, long seed, int rows, int columns, double deviation) {
    RandomStream random = RandomStream.of(stream, seed);
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.data[i] = (float) (deviation * random.nextGaussian());
    }
    return matrix;
  }
}
