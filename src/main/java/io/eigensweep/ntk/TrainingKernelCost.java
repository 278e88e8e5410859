package io.eigensweep.ntk;

import org.jspecify.annotations.Nullable;

/**
 * How λ_min of the kernel of all training points is bounded, and what that takes.
 *
 * @param dense whether all eigenvalues of the whole matrix are computed
 * @param operations floating point operations expected; the budget is looked at between rounds of
 *     the search, so that a last factorisation may come on top
 * @param bytes memory expected
 */
public record TrainingKernelCost(boolean dense, double operations, long bytes) {
  /** Columns that an enclosure is expected to need: most trained networks end with fewer. */
  private static final int COLUMNS = 2 * AllPointsCost.MOST;

  /** Matrices of all eigenvalues at most, with whatever library: one way on every machine. */
  private static final int MATRICES = 3;

  private static final int MATRICES_WITH_GRIDS = 6;

  /**
   * The cheaper way within the limits of {@code settings}.
   *
   * @param rows of the kernel
   * @param learns whether the encoding has grids
   * @param split the cost of the enclosure; null where there is none, so that only an upper bound
   *     is looked for
   * @param gridNumbers columns of the grids' part of J; with far fewer than rows their term is
   *     singular, and the kernel's windows usually show it
   * @param whole the cost of products with all of J for that; null where windows are expected to
   *     find a singular kernel before
   */
  public static TrainingKernelCost of(
      NtkSettings settings,
      long rows,
      boolean learns,
      @Nullable AllPointsCost split,
      double gridNumbers,
      @Nullable AllPointsCost whole) {
    AllPointsBound.Limits limits = settings.points().limits();
    if (split != null && split.lacks((long) (rows - gridNumbers), limits)) {
      return of(settings, rows, learns, null, 0, null);
    }
    double bytes = (learns ? MATRICES_WITH_GRIDS : MATRICES) * Double.BYTES * (double) rows * rows;
    double all = (learns ? 3 : 1) * 4.0 / 3 * rows * rows * rows;
    double enclosure =
        split == null
            ? Double.POSITIVE_INFINITY
            : Math.min(limits.operations(), split.operations(COLUMNS));
    if (all <= Math.min(limits.operations(), enclosure) && bytes <= limits.bytes()) {
      return new TrainingKernelCost(true, all, (long) bytes);
    }
    if (split != null) {
      return new TrainingKernelCost(false, enclosure, split.bytes(COLUMNS));
    }
    return whole == null ? new TrainingKernelCost(false, 0, 0) : above(limits, whole);
  }

  private static TrainingKernelCost above(AllPointsBound.Limits limits, AllPointsCost whole) {
    DavidsonCost cost = DavidsonCost.of(whole, limits.bytes());
    int columns = cost.mostColumns(limits.bytes());
    double operations = cost.operations(columns);
    return columns < DavidsonCost.BLOCK || cost.operations(0) > limits.operations()
        ? new TrainingKernelCost(false, 0, 0)
        : new TrainingKernelCost(
            false, Math.min(limits.operations(), operations), cost.bytes(columns));
  }

  /**
   * Of points that have a search but no plan of its band, those of a surface behind grids: all that
   * it may take.
   */
  public static TrainingKernelCost most(NtkSettings settings) {
    AllPointsBound.Limits limits = settings.points().limits();
    return new TrainingKernelCost(false, limits.operations(), limits.bytes());
  }

  /**
   * Seconds at the rate of {@link AllPointsBound.Limits}, or on a slower library at its own.
   *
   * @param rate operations that the library does in a second
   */
  public double seconds(double rate) {
    return operations / Math.min(rate, AllPointsBound.Limits.NOMINAL_RATE);
  }
}
