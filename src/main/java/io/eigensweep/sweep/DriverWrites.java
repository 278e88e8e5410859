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
 * is there; that it isn't is an {@link Outage}.
 */
final class DriverWrites implements AutoCloseable {
  private final Runnable beat;
  private final Duration every;
  private final Duration retry;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final Thread thread;
  private @Nullable Outage outage;
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
    long pause = outage == null ? every.toMillis() : retry.toMillis();
    long deadline = System.nanoTime() + pause * 1_000_000;
    while (!closed && (queue.isEmpty() || outage != null)) {
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
    if (outage != null) {
      outage = null;
      wellSince = System.nanoTime();
    }
    if (write.equals(queue.peekFirst())) {
      queue.removeFirst();
    }
    notifyAll();
  }

  private synchronized void failed(RuntimeException error) {
    String reason = String.valueOf(error.getMessage());
    LogManager.getLogger(DriverWrites.class).info("the driver can't write: {}", reason);
    outage = new Outage(reason, outage == null ? System.nanoTime() : outage.since());
  }
}
