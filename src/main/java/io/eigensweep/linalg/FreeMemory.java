package io.eigensweep.linalg;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The bytes that a calculation may still take, asked before anything is allocated. */
public final class FreeMemory {
  private FreeMemory() {}

  /** Free bytes of the heap; where they are fewer than {@code wanted} after a collection. */
  public static long heap(long wanted) {
    long free = heap();
    if (wanted > free) {
      System.gc(); // what is free is known only after a collection
      free = heap();
    }
    return free;
  }

  /** Bytes of the machine or container beside the heap, when that has grown by {@code more}. */
  public static long outsideHeap(long more) {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() - used - more;
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
