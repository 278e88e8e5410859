package io.eigensweep.ntk;

import org.jspecify.annotations.Nullable;

/**
 * How λ_min of the kernel of all training points is bounded, and what that takes.
 *
 * @param dense whether all eigenvalues of the whole matrix are computed
 * @param operations floating point operations expected, never more than the budget
 * @param bytes memory expected
 */
public record TrainingKernelCost(boolean dense, double operations, long bytes) {
  /** Columns that an enclosure is expected to need: most trained networks end with fewer. */
  private static final int COLUMNS = 2 * AllPointsCost.MOST;

  /**
   * The cheaper way within the limits of {@code settings}.
   *
   * @param rows of the kernel
   * @param learns whether the encoding has grids
   * @param usesNative whether LAPACK does the factorisations
   * @param split the cost of the enclosure; null where there is none, so that windows alone give an
   *     upper bound
   */
  public static TrainingKernelCost of(
      NtkSettings settings,
      long rows,
      boolean learns,
      boolean usesNative,
      @Nullable AllPointsCost split) {
    AllPointsBound.Limits limits = settings.points().limits();
    KernelMemory memory = KernelMemory.of(settings.once(), rows, learns, false, usesNative);
    double bytes = (double) memory.heapBytes() + memory.nativeBytes();
    double all = (learns ? 3 : 1) * 4.0 / 3 * rows * rows * rows;
    double enclosure =
        split == null
            ? Double.POSITIVE_INFINITY
            : Math.min(limits.operations(), split.operations(COLUMNS));
    if (all <= Math.min(limits.operations(), enclosure) && bytes <= limits.bytes()) {
      return new TrainingKernelCost(true, all, (long) bytes);
    }
    return split == null
        ? new TrainingKernelCost(false, 0, 0)
        : new TrainingKernelCost(false, enclosure, split.bytes(COLUMNS));
  }

  /** Seconds at the rate of {@link AllPointsBound.Limits}. */
  public double seconds() {
    return operations / AllPointsBound.Limits.NOMINAL_RATE;
  }
}
