package io.eigensweep.benchmark;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Pointer;

/** The most bytes that a piece of work holds at once: live heap, and what JavaCPP has allocated. */
final class PeakMemory {
  private PeakMemory() {}

  /**
   * Collects garbage over and over while {@code work} runs; the largest sum seen, less the first.
   */
  static long of(Runnable work) {
    long before = held();
    AtomicBoolean ended = new AtomicBoolean();
    Thread worker =
        new Thread(
            () -> {
              work.run();
              ended.set(true);
            });
    worker.start();
    long most = before;
    while (worker.isAlive() && !ended.get()) {
      most = Math.max(most, held());
    }
    return most - before;
  }

  private static long held() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + Pointer.totalBytes();
  }
}
