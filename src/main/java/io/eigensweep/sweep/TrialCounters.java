package io.eigensweep.sweep;

import io.eigensweep.trial.Status;
import java.util.EnumMap;

/** How many trials have ended, and what they were expected to take and took. Thread-safe. */
final class TrialCounters {
  /** What a process's first trial may take on top: classes and libraries are loaded in it. */
  private static final double WARM_UP_SECONDS = 10;

  private final long trials;
  private final double predictedSeconds;
  private final long cold;
  private final EnumMap<Status, Long> counts = new EnumMap<>(Status.class);
  private long elsewhere;
  private double predictedOfEnded;
  private double predictedOfRun;
  private double secondsOfRun;
  private long run;
  private double warmSecondsOfRun;
  private double longest;

  /**
   * @param trials all that are to run
   * @param predictedSeconds what they are expected to take together
   * @param cold how many of those that end first may have been some core's first
   */
  TrialCounters(long trials, double predictedSeconds, long cold) {
    this.trials = trials;
    this.predictedSeconds = predictedSeconds;
    this.cold = cold;
  }

  /** A trial has run and has its row. */
  synchronized void ran(Status status, double predicted, double seconds) {
    counts.merge(status, 1L, Long::sum);
    predictedOfEnded += predicted;
    predictedOfRun += predicted;
    secondsOfRun += seconds;
    boolean warm = ++run > cold;
    warmSecondsOfRun +=
        warm ? seconds : Math.max(Math.min(seconds, predicted), seconds - WARM_UP_SECONDS);
    longest = Math.max(longest, seconds);
  }

  /** A trial has a row that the driver wrote, because its attempts did not come back. */
  synchronized void lost(Status status, double predicted) {
    counts.merge(status, 1L, Long::sum);
    predictedOfEnded += predicted;
  }

  /** A trial has a row that another sweep wrote. */
  synchronized void committedElsewhere(double predicted) {
    elsewhere++;
    predictedOfEnded += predicted;
  }

  /** All that are to run. */
  long trials() {
    return trials;
  }

  /** Trials that have a row by now. */
  synchronized long ended() {
    return elsewhere + counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Ended trials that did not succeed. */
  synchronized long unsuccessful() {
    return ended() - elsewhere - counts.getOrDefault(Status.SUCCEEDED, 0L);
  }

  /** Predicted seconds of all trials without a row. */
  synchronized double predictedLeft() {
    return Math.max(0, predictedSeconds - predictedOfEnded);
  }

  /**
   * How much longer trials take than predicted, but for what the first of them spent on warming up;
   * 1 before one has ended.
   */
  synchronized double slowness() {
    return predictedOfRun > 0 && warmSecondsOfRun > 0 ? warmSecondsOfRun / predictedOfRun : 1;
  }

  /** The seconds of all trials that have run, together. */
  synchronized double seconds() {
    return secondsOfRun;
  }

  /** The seconds of the longest of them. */
  synchronized double longestSeconds() {
    return longest;
  }
}
