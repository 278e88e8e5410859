package io.eigensweep.cluster;

import io.eigensweep.mesh.UnreadableMeshException;
import io.eigensweep.signal.UnreadableSignalException;
import io.eigensweep.store.ResultStoreException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for storage that is away for a while, a name node that restarts for example, or that is
 * full until somebody makes room: asks again after 1, 2, 4 and then each 8 seconds.
 *
 * @param longest how long, together
 */
public record StorageBackoff(Duration longest) implements Serializable {
  /** How long storage may be away when nobody says: a name node that starts anew needs minutes. */
  public static final Duration DEFAULT = Duration.ofMinutes(10);

  private static final long serialVersionUID = 1L;
  private static final Duration MAX_WAIT = Duration.ofSeconds(8);

  /** What a blip may last when nothing is lost by asking elsewhere or later. */
  private static final Duration BLIP = Duration.ofSeconds(3);

  /** Time between two looks whether storage is back. */
  public Duration poll() {
    Duration tenth = longest.dividedBy(10);
    return tenth.compareTo(MAX_WAIT) < 0 ? tenth : MAX_WAIT;
  }

  /** Something that storage does. */
  public interface Request<T> {
    /** May be called several times. */
    T get() throws IOException;
  }

  /** A wait for what loses nothing by giving up: a tenth of this one, three seconds at most. */
  public StorageBackoff brief() {
    Duration tenth = longest.dividedBy(10);
    return new StorageBackoff(tenth.compareTo(BLIP) < 0 ? tenth : BLIP);
  }

  /**
   * Asks again and again until there is an answer.
   *
   * @throws ResultStoreException the last attempt's
   * @throws IOException the last attempt's
   * @throws TaskKilledException the task that runs this, if one does, was killed while it waited
   */
  public <T> T ask(Request<T> request) throws IOException {
    long start = System.nanoTime();
    Duration wait = Duration.ofMillis(Math.max(1, Math.min(1000, longest.toMillis() / 8)));
    while (true) {
      try {
        return request.get();
      } catch (ResultStoreException | IOException | UncheckedIOException e) {
        Duration left = longest.minusNanos(System.nanoTime() - start);
        if (left.isNegative() || left.isZero() || isPermanent(e)) {
          throw e;
        }
        wait = wait.compareTo(left) < 0 ? wait : left;
        LogManager.getLogger(StorageBackoff.class)
            .info("trying again in {} ms: {}", wait.toMillis(), e.getMessage());
        pause(wait);
        wait = wait.multipliedBy(2).compareTo(MAX_WAIT) < 0 ? wait.multipliedBy(2) : MAX_WAIT;
      }
    }
  }

  /** {@link #ask} for what tells of trouble by {@link ResultStoreException}s, without an answer. */
  public void run(Runnable request) {
    try {
      Object unused =
          ask(
              () -> {
                request.run();
                return true;
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Content that can't be used does not get better. */
  private static boolean isPermanent(Exception error) {
    return error instanceof UnreadableSignalException || error instanceof UnreadableMeshException;
  }

  /**
   * Waits, unless the task that runs this is killed.
   *
   * @throws TaskKilledException when it is
   */
  public static void pause(Duration wait) {
    @Nullable TaskContext task = TaskContext.get();
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      try {
        Thread.sleep(Math.min(left, 200));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("killed while waiting for storage");
      }
      if (task != null && task.isInterrupted()) {
        throw new TaskKilledException("killed while waiting for storage");
      }
    }
  }
}
