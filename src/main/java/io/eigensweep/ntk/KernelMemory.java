package io.eigensweep.ntk;

import java.util.Locale;

/** The memory that a measurement will need, checked before anything is allocated. */
final class KernelMemory {
  /** K, its two terms, K_0, the eigenvectors of the last checkpoint, the solver's copy and work. */
  private static final int MATRICES = 5;

  private KernelMemory() {}

  /**
   * Bytes on the heap for kernels of {@code rows} rows.
   *
   * @param dynamics whether eigenvectors are kept
   */
  static long heapBytes(long rows, boolean dynamics) {
    return Math.multiplyExact(
        Math.multiplyExact(rows, rows), (long) Double.BYTES * (MATRICES - (dynamics ? 0 : 1)));
  }

  /**
   * Refuses kernels that can't fit.
   *
   * @throws OutOfMemoryError when the heap's limit is below what they need; its message says both
   */
  static void require(long rows, boolean dynamics) {
    long needed = heapBytes(rows, dynamics);
    long free = free();
    if (needed > free) {
      System.gc(); // what is free is known only after a collection
      free = free();
    }
    if (rows * rows > Integer.MAX_VALUE - 8 || needed > free) {
      throw new OutOfMemoryError(
          String.format(
              Locale.ROOT,
              "a kernel of %,d rows needs %,d MiB of heap, %,d MiB are free: lower ntk.points, set"
                  + " ntk.outputs to mean, or give executors more memory",
              rows,
              needed >> 20,
              free >> 20));
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
