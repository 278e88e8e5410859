package io.eigensweep.ntk;

import io.eigensweep.linalg.FreeMemory;
import io.eigensweep.linalg.StreamedQr;
import java.util.Locale;

/**
 * The memory that measurements of kernels take, in matrices of M × M numbers, M the rows of K.
 *
 * <p>On the heap: K, and K_mlp and K_grid where the encoding learns, and w wᵀ where its points are
 * no lattice; K_0 where epoch 0 is asked for with others; the eigenvectors of the last checkpoint
 * where the residual is followed to another. Outside it, one after the other: LAPACK's copy for
 * eigenvalues or a Cholesky factor, 1; for eigenvectors with its workspace, 3; the triangle of the
 * Jacobian route and its copy, 2, and a block. In Java the solver's 2 matrices lie on the heap.
 *
 * @param rows M
 * @param heapMatrices matrices on the heap
 * @param nativeBytes bytes outside the heap at the same time
 */
public record KernelMemory(long rows, int heapMatrices, long nativeBytes) {
  /** Longest array of doubles that a JVM gives, and so the most entries of K. */
  private static final long MOST_ENTRIES = Integer.MAX_VALUE - 8L;

  /** Columns of Jᵀ's blocks at least. */
  private static final long BLOCK_ROWS = 2048;

  /**
   * What {@code settings} take.
   *
   * @param rows M
   * @param learns whether the encoding has grids
   * @param lattice whether the points are a lattice, for which λ_min(w wᵀ) needs no matrix
   * @param usesNative whether LAPACK does the factorisations
   */
  public static KernelMemory of(
      NtkSettings settings, long rows, boolean learns, boolean lattice, boolean usesNative) {
    boolean several = settings.epochs().size() > 1;
    boolean fromInitial =
        settings.epochs().stream().anyMatch(epoch -> epoch.name().matches("init|0"));
    boolean vectors = several && settings.dynamics();
    int heap =
        (learns ? lattice ? 3 : 4 : 1) + (several && fromInitial ? 1 : 0) + (vectors ? 1 : 0);
    if (!usesNative) {
      return new KernelMemory(rows, heap + 2, 0);
    }
    long square = matrixBytes(rows);
    long outside = vectors ? times(square, 3) : square;
    boolean jacobian =
        settings.method() == Method.JACOBIAN
            || (settings.method() == Method.AUTO
                && settings.precision() == Precision.DOUBLE
                && JacobianRoute.seconds((double) rows, 0) <= settings.jacobianBudget());
    if (jacobian) {
      outside = Math.max(outside, StreamedQr.bytes(rows, BLOCK_ROWS));
    }
    return new KernelMemory(rows, heap, outside);
  }

  /** Bytes on the heap; like all sizes here Long.MAX_VALUE where that is less. */
  public long heapBytes() {
    return times(matrixBytes(rows), heapMatrices);
  }

  private static long matrixBytes(long rows) {
    return (long) (Double.BYTES * (double) rows * rows);
  }

  private static long times(long bytes, int matrices) {
    return (long) ((double) bytes * matrices);
  }

  /**
   * Refuses kernels that can't fit, before anything is allocated.
   *
   * @throws OutOfMemoryError when the heap, or the machine (or container) beside it, has less than
   *     they need; its message says both and what to change
   */
  void require() {
    require(FreeMemory.heap(heapBytes()), FreeMemory.outsideHeap(heapBytes()));
  }

  /**
   * {@link #require()} with {@code freeHeap} bytes free and, outside the heap, {@code freeNative}.
   */
  void require(long freeHeap, long freeNative) {
    if (rows * rows > MOST_ENTRIES) {
      throw new OutOfMemoryError(
          String.format(
              Locale.ROOT,
              "a kernel of %,d rows has more entries than an array can hold, at most 46,340 rows"
                  + " are possible: lower ntk.points or set ntk.outputs to mean",
              rows));
    }
    if (heapBytes() > freeHeap) {
      throw new OutOfMemoryError(
          String.format(
              Locale.ROOT,
              "a kernel of %,d rows needs %,d MiB of heap, %,d MiB are free: lower ntk.points, set"
                  + " ntk.outputs to mean, or give executors more memory",
              rows,
              heapBytes() >> 20,
              freeHeap >> 20));
    }
    if (nativeBytes > freeNative) {
      throw new OutOfMemoryError(
          String.format(
              Locale.ROOT,
              "the spectrum of a kernel of %,d rows needs %,d MiB outside the heap, the machine has"
                  + " %,d MiB beside it: lower ntk.points, set ntk.dynamics to false or ntk.method"
                  + " to gram, or give executors more memory overhead",
              rows,
              nativeBytes >> 20,
              Math.max(0, freeNative) >> 20));
    }
  }
}
