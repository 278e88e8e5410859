package io.eigensweep.tables;

import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;

/**
 * A file that tells others, wherever they run, that its owner is alive: it is written anew each
 * minute. One that is older than {@link #LIFE_MILLIS}, by the storage's clock, has no owner.
 */
final class Lease implements AutoCloseable {
  /** How long an owner may be out of touch, be it suspended or without its storage. */
  static final long LIFE_MILLIS = 3_600_000;

  private static final long RENEWED_SECONDS = 60;

  private final ResultStore store;
  private final Path file;
  private final byte[] owner;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lease");
            thread.setDaemon(true);
            return thread;
          });

  /** Takes the lease {@code file}, which is nobody else's. */
  Lease(ResultStore store, Path file) {
    this.store = store;
    this.file = file;
    this.owner =
        String.format(
                Locale.ROOT,
                "process %d of %s, since %s%n",
                ProcessHandle.current().pid(),
                io.eigensweep.trial.Machine.current().host(),
                Instant.now())
            .getBytes(StandardCharsets.UTF_8);
    store.write(file, owner);
    var unused =
        clock.scheduleAtFixedRate(this::renew, RENEWED_SECONDS, RENEWED_SECONDS, TimeUnit.SECONDS);
  }

  private void renew() {
    try {
      store.write(file, owner);
    } catch (ResultStoreException e) {
      return; // storage that is away for less than the lease's life does no harm
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
