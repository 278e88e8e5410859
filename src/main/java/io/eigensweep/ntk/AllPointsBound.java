package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;

/**
 * What is proved of λ_min of a kernel over every point of a training set, up to the model of how a
 * network's evaluation rounds ({@link EvaluationError}).
 *
 * @param lower λ_min is not below it; 0 where nothing more is proved
 * @param upper λ_min is not above it
 * @param columns r, the columns of the intermediate problem that proves the lower bound
 * @param operations floating point operations that were spent
 * @param reason why the two are not as close as was asked for; "" where they are
 */
public record AllPointsBound(
    double lower, double upper, int columns, double operations, String reason) {

  /** Bytes that a search may take: a share of the 2 GiB that a core of a cluster usually has. */
  public static final long MEMORY = 1536L << 20;

  /**
   * When the search ends.
   *
   * @param seconds looked at between rounds, of a core that does {@value #NOMINAL_RATE} operations
   *     a second, so that the same is found on every machine
   * @param ratio upper/lower that is close enough
   * @param bytes that it may take
   */
  public record Limits(double seconds, double ratio, long bytes) {
    static final double NOMINAL_RATE = 15e9;

    /** Checks. */
    public Limits {
      if (!(seconds > 0) || Double.isInfinite(seconds)) {
        throw new IllegalArgumentException("seconds must be a positive time, got " + seconds);
      }
      if (!(ratio > 1)) {
        throw new IllegalArgumentException("ratio must be above 1, got " + ratio);
      }
    }

    /** Operations that may be spent. */
    double operations() {
      return seconds * NOMINAL_RATE;
    }
  }

  /** Whether the bounds are as close as was asked for. */
  public boolean isClose() {
    return reason.isEmpty();
  }

  /**
   * Encloses λ_min of the kernel over all points.
   *
   * @param blas in float64
   * @param betweenStages runs every few seconds, and may throw to end the search
   * @throws IllegalArgumentException when {@code blas} is in float32
   * @throws OutOfMemoryError when the heap is smaller than what {@code limits} allow and the search
   *     needs
   */
  public static AllPointsBound of(AllPoints all, Limits limits, Blas blas, Runnable betweenStages) {
    if (blas.isSingle()) {
      throw new IllegalArgumentException(
          "bounds over all points are proved in double, ntk.precision is float");
    }
    return AllPointsSearch.search(all, limits, blas, betweenStages);
  }
}
