package io.eigensweep.ntk;

import io.eigensweep.linalg.FreeMemory;

/**
 * What the search of {@link Davidson} takes.
 *
 * @param whole the cost of products with all of J
 * @param tile rows of a tile at most
 */
record DavidsonCost(AllPointsCost whole, int tile) {
  /** Vectors of a round. */
  static final int BLOCK = 8;

  /** Rounds of a search at most. */
  private static final int ROUNDS = 16;

  private static final int LARGEST_TILE = 1024;

  /** The tiles' factors have this share of the memory at most. */
  private static final int SHARE = 4;

  /** The vectors, their images, F and its longer copy. */
  private static final int VECTORS = 4;

  /** A round's residuals, their solutions, and what is made orthogonal. */
  private static final int WORK = 6;

  static DavidsonCost of(AllPoints all, long bytes) {
    return of(AllPointsCost.withoutBand(all), bytes);
  }

  static DavidsonCost of(AllPointsCost whole, long bytes) {
    long rows = bytes / SHARE / Double.BYTES / whole.rows();
    return new DavidsonCost(whole, (int) Math.max(1, Math.min(LARGEST_TILE, rows)));
  }

  double passOperations() {
    return whole.passOperations();
  }

  /** Bytes of a search that ends with {@code columns} vectors. */
  long bytes(int columns) {
    double tiles = Double.BYTES * (double) tile * (whole.rows() + 4.0 * tile);
    double work = Double.BYTES * (double) BLOCK * (WORK * whole.rows() + 3.0 * whole.length());
    return (long) (tiles + work + whole.pointBytes() + whole.chunkBytes() + perColumn() * columns);
  }

  private double perColumn() {
    return Double.BYTES * ((double) whole.length() + VECTORS * (double) whole.rows());
  }

  /** The vectors that {@code bytes} allow. */
  int columnsWithin(long bytes) {
    return (int) Math.max(0, Math.min((double) whole.rows(), (bytes - bytes(0)) / perColumn()));
  }

  /** The vectors of a search at most. */
  int mostColumns(long bytes) {
    return Math.min(columnsWithin(bytes), ROUNDS * BLOCK);
  }

  /** Operations of a search with so many vectors: the last bound's, the tiles', the products. */
  double operations(int columns) {
    double built = 2.0 * whole.rows() * tile * Math.sqrt((double) whole.length());
    double factors = whole.rows() * (double) tile * tile / 3;
    int rounds = (columns + BLOCK - 1) / BLOCK;
    return 4 * passOperations() + built + factors + rounds * round();
  }

  /** Operations of one round. */
  double round() {
    return whole.products(BLOCK) + 4.0 * whole.rows() * tile * BLOCK;
  }

  /**
   * Refuses what can't fit, before it is allocated.
   *
   * @throws OutOfMemoryError when the heap has less than a first round needs
   */
  void require(long freeHeap) {
    whole.require(bytes(BLOCK), freeHeap);
  }

  /** The same of one more round beside {@code columns} vectors: F is copied to a longer one. */
  void requireRound(int columns) {
    double copied = Double.BYTES * (double) whole.rows() * (columns + WORK * BLOCK);
    long bytes = (long) (perColumn() * BLOCK + copied);
    whole.require(bytes, FreeMemory.heap(bytes));
  }
}
