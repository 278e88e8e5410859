package io.eigensweep.sweep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * The driver's own writes, in order, in a thread of their own: each is tried until it succeeds, and
 * the driver goes on meanwhile. Between them {@code beat} is called, which proves that the storage
 * is there; that it isn't is an {@link Outage}. What could be written does not end one: a disk that
 * has no room for a row may have some for a note.
 */
final class DriverWrites implements AutoCloseable {
  private final Runnable beat;
  private final Duration every;
  private final Duration retry;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final Thread thread;
  private @Nullable Outage outage;
  private boolean failing;
  private long wellSince = System.nanoTime();
  private boolean closed;

  /**
   * @param beat proves that storage is there, or throws
   * @param every time between two of them
   * @param retry time between two attempts at what fails
   */
  DriverWrites(Runnable beat, Duration every, Duration retry) {
    this.beat = beat;
    this.every = every;
    this.retry = retry;
    this.thread = new Thread(this::work, "driver's writes");
    thread.setDaemon(true);
    thread.start();
  }

  /** Has {@code write} done; it may be called several times. */
  synchronized void add(Runnable write) {
    queue.addLast(write);
    notifyAll();
  }

  /** That storage is away, if it is. */
  synchronized Optional<Outage> outage() {
    return Optional.ofNullable(outage);
  }

  /** How long storage has been there by now, without a break; zero when it is away. */
  synchronized Duration wellFor() {
    return outage == null ? Duration.ofNanos(System.nanoTime() - wellSince) : Duration.ZERO;
  }

  /** Waits until all is written; false when it isn't after {@code longest}. */
  synchronized boolean await(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!queue.isEmpty()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void work() {
    while (true) {
      @Nullable Runnable write = next();
      if (write == null) {
        return;
      }
      try {
        write.run();
        done(write);
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  /** What is to be done next; null at the end. */
  private synchronized @Nullable Runnable next() {
    // As soon as something could be written in an outage the beat tells whether it is over.
    Duration pause = failing ? retry : outage == null ? every : Duration.ZERO;
    long deadline = System.nanoTime() + pause.toNanos();
    while (!closed && (queue.isEmpty() || failing)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        return null;
      }
    }
    return closed ? null : queue.isEmpty() ? beat : queue.peekFirst();
  }

  private synchronized void done(Runnable write) {
    failing = false;
    if (!write.equals(beat)) {
      queue.removeFirst();
    } else if (outage != null) {
      outage = null;
      wellSince = System.nanoTime();
    }
    notifyAll();
  }

  private synchronized void failed(RuntimeException error) {
    String reason = String.valueOf(error.getMessage());
    LogManager.getLogger(DriverWrites.class).info("the driver can't write: {}", reason);
    failing = true;
    outage = new Outage(reason, outage == null ? System.nanoTime() : outage.since());
  }
}
