package io.eigensweep.ntk;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.BandFactor;
import io.eigensweep.linalg.FreeMemory;
import io.eigensweep.network.NetworkSettings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
   * The cost for all pixels of a picture.
   *
   * @param width pixels of a row
   * @param height pixels of a column
   * @param bytes that the search may take; more of the grid's levels are taken together as a band
   *     where there is more
   * @return null where not even the finest level is a band that fits
   */
  public static @Nullable AllPointsCost ofPicture(
      NetworkSettings network,
      GridEncoding grid,
      int width,
      int height,
      int channels,
      Outputs outputs,
      long bytes) {
    int o = outputs == Outputs.FULL ? channels : 1;
    int all = grid.levels();
    long stencil = (long) all * grid.interpolation().nodesPerPoint(2);
    for (int levels = all; levels > 0; levels--) {
      long restEntries = 0;
      for (int level = 0; level < all - levels; level++) {
        restEntries += grid.table(level, 2).entries();
      }
      boolean collides = false;
      for (int level = all - levels; level < all; level++) {
        collides |= !grid.table(level, 2).isDense();
      }
      AllPointsCost cost =
          of(
              network,
              channels,
              outputs,
              (long) width * height,
              2 + grid.features() * all,
              stencil,
              bandwidth(grid, levels, width, height, o),
              restEntries * grid.features());
      if (!collides && cost.fits(bytes)) {
        return cost;
      }
    }
    return null;
  }

  /** The cost of products with all of J, nothing of it a band. */
  static AllPointsCost withoutBand(AllPoints all) {
    List<Stencils> stencils = all.points().levels();
    return of(
        all.network(),
        all.parameters().channels(),
        all.outputs(),
        all.points().count(),
        all.points().encodedDimension(),
        stencils.stream().mapToLong(Stencils::perPoint).sum(),
        0,
        all.points().features() * stencils.stream().mapToLong(Stencils::nodeCount).sum());
  }

  /**
   * The same, known before the points are.
   *
   * @param points N
   * @param dimensions d
   */
  public static AllPointsCost withoutBand(
      NetworkSettings network,
      Encoding encoding,
      long points,
      int dimensions,
      int channels,
      Outputs outputs) {
    long stencil = 0;
    long numbers = 0;
    if (encoding instanceof GridEncoding grid) {
      stencil = (long) grid.levels() * grid.interpolation().nodesPerPoint(dimensions);
      numbers = encoding.parameterCount(dimensions);
    }
    return of(
        network,
        channels,
        outputs,
        points,
        encoding.encodedDimension(dimensions),
        stencil,
        0,
        numbers);
  }

  /** Points meet whose distance on each axis is below a point's nodes times a cell's side. */
  private static long bandwidth(
      GridEncoding grid, int levels, int width, int height, int rowsPerPoint) {
    int cells = grid.cells(grid.levels() - levels);
    long across = reach(grid, width, cells);
    long down = reach(grid, height, cells);
    long reach = Math.min(down * width + across, across * height + down);
    return (reach + 1) * rowsPerPoint - 1;
  }

  private static long reach(GridEncoding grid, int side, int cells) {
    long nodes = grid.interpolation().nodesPerPoint(1);
    return Math.min(side - 1L, (nodes * side + cells - 1) / cells - 1);
  }

  /**
   * The cost for a network.
   *
   * @param points N
   * @param encoded e, the length of the encoding's result
   * @param stencil nodes that a point reads on all levels
   * @param restNumbers trainable numbers of the levels outside the band
   */
  static AllPointsCost of(
      NetworkSettings network,
      int channels,
      Outputs outputs,
      long points,
      int encoded,
      long stencil,
      long bandwidth,
      long restNumbers) {
    int o = outputs == Outputs.FULL ? channels : 1;
    int c = outputs == Outputs.FULL ? 1 : channels;
    long length = restNumbers * c;
    double pass = 0;
    int hidden = network.hiddenLayers();
    long width = network.width();
    for (int layer = 0; layer <= hidden; layer++) {
      long inputs = layer == 0 ? encoded : width;
      long copies = layer < hidden - 1 ? c : 1; // the last hidden layer collapses over the outputs
      long units = layer == hidden ? o : width * copies;
      length += units * (inputs + (network.bias() ? 1 : 0));
      pass += 2.0 * points * inputs * (layer == hidden ? channels : width);
      pass += layer == 0 ? 0 : 2.0 * points * channels * inputs * width;
    }
    double perPoint = encoded + 2.0 * width * hidden + 2.0 * channels * width * (hidden + 1);
    double pixels =
        (double) (bandwidth + 1) / o; // apart in the order, as far as in a square picture
    long reach = (long) (pixels / (Math.sqrt((double) points) + 1)) + 1;
    long met = ((2 * reach + 1) * (2 * reach + 1) + 1) / 2 * o;
    return new AllPointsCost(
        points * o,
        bandwidth,
        Math.min(bandwidth + 1, met),
        length,
        points * (Double.BYTES * (long) encoded * channels + 2L * 12 * stencil),
        (long) (JacobianProducts.CHUNK * Double.BYTES * (perPoint + 2 * JacobianProducts.WIDEST)),
        pass);
  }

  /** Whether a search of a few columns fits in so many bytes, and its band in an array. */
  boolean fits(long bytes) {
    return bytes(MOST) <= bytes && BandFactor.numbers(rows, bandwidth) < Integer.MAX_VALUE - 8L;
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
    return (int) Math.max(0, Math.min((double) rows, (bytes - (double) bytes(0)) / each));
  }

  /** Whether so many rows more than the grids have numbers are too many to be made up for. */
  boolean lacks(long rows, AllPointsBound.Limits limits) {
    return rows > columnsWithin(limits.bytes())
        || (rows > 0 && products((int) rows) > limits.operations());
  }

  /** Operations of one factorisation. */
  double factorisation() {
    return BandFactor.operations((double) rows, (double) bandwidth);
  }

  /** Operations of products of J and Jᵀ with {@code k} vectors each. */
  double products(int k) {
    return 2 * passOperations + 4.0 * rows * length * k;
  }

  /** Operations of a Lanczos iteration with {@code k} vectors beside {@code columns} columns. */
  double lanczos(int k, int columns) {
    double solve = 4.0 * rows * (bandwidth + columns) * k;
    return STEPS * (solve + 4.0 * rows * k * k * STEPS)
        + 2.0 * rows * columns * (bandwidth + columns);
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
    require(bytes(MOST), freeHeap);
  }

  /** {@link #require(long)} of a search with {@code columns} columns that gets {@code more}. */
  void requireMore(int columns, int more) {
    long bytes = bytes(columns + more) - bytes(columns);
    require(bytes, FreeMemory.heap(bytes));
  }

  /** Refuses {@code bytes} where there are fewer. */
  void require(long bytes, long freeHeap) {
    if (bytes > freeHeap) {
      throw new OutOfMemoryError(
          String.format(
              Locale.ROOT,
              "bounds of the kernel over all %,d rows need %,d MiB of heap, %,d MiB are free: set"
                  + " ntk.points.pattern to patch, lower signal.size or samples, or give executors"
                  + " more memory",
              rows,
              bytes >> 20,
              freeHeap >> 20));
    }
  }
}
