package io.eigensweep.sweep;

import io.eigensweep.plan.Quantity;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a sweep does about an {@link Outage}: it says so once, hands out nothing but a trial now and
 * then that finds out whether all is well again, says that it is, and ends when it has lasted for
 * too long. Times are of {@link System#nanoTime}.
 */
final class Pause {
  private final Duration patience;
  private final Duration poll;
  private final Consumer<String> lines;
  private boolean paused;
  private long since;
  private long lastTrial;

  /**
   * @param patience the longest outage
   * @param poll time between two trials that find out
   * @param lines is told what happens
   */
  Pause(Duration patience, Duration poll, Consumer<String> lines) {
    this.patience = patience;
    this.poll = poll;
    this.lines = lines;
  }

  /**
   * Takes note of how things are.
   *
   * @throws SweepAbortedException when an outage has lasted for too long
   */
  void update(Optional<Outage> outage, long now) {
    if (outage.isEmpty()) {
      if (paused) {
        lines.accept("storage is back after " + words(Duration.ofNanos(now - since)));
      }
      paused = false;
      return;
    }
    if (!paused) {
      paused = true;
      since = outage.get().since();
      lastTrial = now;
      lines.accept(
          String.format(
              Locale.ROOT,
              "storage is away or full: %s; no new trials start until it is back, for %s at most",
              outage.get().reason(),
              words(patience)));
    }
    if (now - since >= patience.toNanos()) {
      throw SweepAbortedException.withoutStorage(
          "storage was away or full for " + words(patience) + ": " + outage.get().reason());
    }
  }

  /** Whether the sweep waits. */
  boolean isOn() {
    return paused;
  }

  /** Whether one trial may be tried now, although the sweep waits; true once in a while. */
  boolean isTimeForOne(long now) {
    if (paused && now - lastTrial >= poll.toNanos()) {
      lastTrial = now;
      return true;
    }
    return false;
  }

  private static String words(Duration duration) {
    return Quantity.duration(duration.toMillis() / 1e3);
  }
}
