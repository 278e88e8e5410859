package io.eigensweep.spark;

import io.eigensweep.result.ResultStoreException;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;

/** Waits for storage that is away for a while, a datanode that restarts for example. */
final class StoragePatience {
  /** Waits between attempts to store: two minutes of storage that is away cost no trial. */
  private static final int[] WAIT_SECONDS = {1, 2, 4, 8, 16, 32, 60};

  private StoragePatience() {}

  /**
   * Stores, again and again until it is done.
   *
   * @param store stores something; it may be called several times
   * @param task the task that waits, null outside of Spark
   * @throws ResultStoreException the last attempt's
   * @throws TaskKilledException the task was killed while it waited
   */
  static void store(Runnable store, @Nullable TaskContext task) {
    for (int wait : WAIT_SECONDS) {
      try {
        store.run();
        return;
      } catch (ResultStoreException e) {
        LogManager.getLogger(StoragePatience.class)
            .warn("trying again in {} s: {}", wait, e.getMessage());
        pause(wait, task);
      }
    }
    store.run();
  }

  private static void pause(int seconds, @Nullable TaskContext task) {
    try {
      Thread.sleep(1000L * seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("killed while waiting for storage");
    }
    if (task != null && task.isInterrupted()) {
      throw new TaskKilledException("killed while waiting for storage");
    }
  }
}
