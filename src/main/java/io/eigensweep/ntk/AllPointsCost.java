package io.eigensweep.ntk;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.linalg.BandFactor;
import io.eigensweep.network.NetworkSettings;
import java.util.Locale;

/**
 * What the search for λ_min over all points takes, known before anything is computed.
 *
 * @param rows M
 * @param bandwidth half bandwidth of the sparse part
 * @param entries of the sparse part in a row, from the diagonal to the right, at most
 * @param length numbers of a direction in the space of the parameters outside the sparse part
 * @param pointBytes bytes of the points and their gradients in the order of the band
 * @param chunkBytes bytes of the factors of J for some points at a time
 * @param passOperations operations of one evaluation of J's factors at all points
 */
public record AllPointsCost(
    long rows,
    long bandwidth,
    long entries,
    long length,
    long pointBytes,
    long chunkBytes,
    double passOperations) {
  /** Vectors of a Lanczos iteration. */
  static final int STEPS = 8;

  /** Columns that a round adds at most. */
  static final int MOST = 32;

  /** V, AV, F and its longer copy, Y and D⁻¹Y. */
  private static final int VECTORS = 6;

  /**
   * The half bandwidth of the {@code levels} finest levels over all pixels of a picture: points
   * meet whose distance on each axis is below the nodes that a point reads times a cell's side.
   *
   * @param width pixels of a row
   * @param height pixels of a column
   */
  public static long bandwidth(
      GridEncoding grid, int levels, int width, int height, int rowsPerPoint) {
    int cells = grid.cells(grid.levels() - levels);
    long across = reach(grid, width, cells);
    long down = reach(grid, height, cells);
    long reach = Math.min(down * width + across, across * height + down);
    return (reach + 1) * rowsPerPoint - 1;
  }

  private static long reach(GridEncoding grid, int side, int cells) {
    int nodes = grid.interpolation().nodesPerPoint(1);
    return Math.min(side - 1L, (nodes * (long) side + cells - 1) / cells - 1);
  }

  /**
   * The cost for a network.
   *
   * @param points N
   * @param encoded e, the length of the encoding's result
   * @param stencil nodes that a point reads on all levels
   * @param restLength numbers of the gradient on levels outside the band
   */
  static AllPointsCost of(
      NetworkSettings network,
      int channels,
      Outputs outputs,
      long points,
      int encoded,
      long stencil,
      long bandwidth,
      long entries,
      long restLength) {
    int o = outputs == Outputs.FULL ? channels : 1;
    int c = outputs == Outputs.FULL ? 1 : channels;
    long length = restLength;
    double pass = 0;
    double hidden = network.hiddenLayers();
    long width = network.width();
    for (int layer = 0; layer <= hidden; layer++) {
      long inputs = layer == 0 ? encoded : width;
      long units =
          layer == hidden ? (o > 1 ? channels : 1) : width * (layer == hidden - 1 ? 1 : c);
      length += units * (inputs + 1);
      pass += 2.0 * points * inputs * (layer == hidden ? channels : width);
      pass += layer == 0 ? 0 : 2.0 * points * channels * inputs * width;
    }
    double perPoint = encoded + 2 * width * hidden + 2.0 * channels * width * (hidden + 1);
    return new AllPointsCost(
        points * o,
        bandwidth,
        entries,
        length,
        points * (Double.BYTES * (long) encoded * channels + 2L * 12 * stencil),
        (long) (JacobianProducts.CHUNK * Double.BYTES * (perPoint + 2 * JacobianProducts.WIDEST)),
        pass);
  }

  /** Bytes of a search that ends with {@code columns} columns. */
  public long bytes(int columns) {
    double fixed =
        (double) BandFactor.bytes(rows, bandwidth)
            + 12.0 * rows * entries
            + pointBytes
            + chunkBytes
            + Double.BYTES * MOST * ((STEPS + 4.0) * rows + 3.0 * length);
    return (long) (fixed + Double.BYTES * columns * ((double) length + VECTORS * (double) rows));
  }

  /** The columns that {@code bytes} allow. */
  int columnsWithin(long bytes) {
    double each = bytes(1) - (double) bytes(0);
    return (int) Math.max(0, Math.min(rows, (bytes - (double) bytes(0)) / each));
  }

  /** Operations of one factorisation. */
  double factorisation() {
    return BandFactor.operations(rows, bandwidth);
  }

  /** Operations of products of J and Jᵀ with {@code k} vectors each. */
  double products(int k) {
    return 2 * passOperations + 4.0 * rows * length * k;
  }

  /** Operations of a Lanczos iteration with {@code k} vectors beside {@code columns} columns. */
  double lanczos(int k, int columns) {
    double solve = 4.0 * rows * (bandwidth + columns) * k;
    return STEPS * (solve + 4.0 * rows * k * k * STEPS) + 2.0 * rows * columns * (bandwidth + columns);
  }

  /**
   * Operations of a search that ends with {@code columns} columns: the looks at all points, three
   * factorisations, a round for every {@value #MOST} columns, and the final bound.
   */
  public double operations(int columns) {
    int rounds = 1 + (columns + MOST - 1) / MOST;
    return 4 * passOperations
        + 3 * factorisation()
        + rounds * (2 * passOperations + lanczos(MOST, columns))
        + 4.0 * rows * length * columns;
  }

  /**
   * Refuses what can't fit, before it is allocated.
   *
   * @throws OutOfMemoryError when the heap has less than a search with a round of columns needs
   */
  void require(long freeHeap) {
    if (bytes(MOST) > freeHeap) {
      throw new OutOfMemoryError(
          String.format(
              Locale.ROOT,
              "bounds of the kernel over all %,d points need %,d MiB of heap, %,d MiB are free:"
                  + " lower ntk.points, or give executors more memory",
              rows,
              bytes(MOST) >> 20,
              freeHeap >> 20));
    }
  }
}
