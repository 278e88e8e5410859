package io.eigensweep.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Ctrl-C, or a kill, while a sweep runs: the sweep is told, and the process waits until it has
 * stopped its trials and said what is committed. Only then Spark and the file systems are closed.
 */
final class Interruption implements AutoCloseable {
  /** Before Spark's own hook (40) and the file systems' (10). */
  private static final int PRIORITY = 100;

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable hook = this::awaitEnd;
  private volatile boolean requested;

  Interruption() {
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether the process is about to end. */
  boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private void awaitEnd() {
    requested = true;
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("eigensweep: the sweep did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends without waiting longer
    }
  }
}
