package io.eigensweep.cli;

import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.sweep.SweepOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said of how trials are run; none of it changes a trial's id or its numbers. */
final class SweepChoices {
  @Option(
      names = "--retry-failed",
      description = "first moves the rows of failed, timed out and out-of-memory trials aside")
  private boolean retryFailed;

  @Option(
      names = "--max-deaths",
      paramLabel = "K",
      defaultValue = "2",
      description =
          "a trial during which K executors have died is not tried again (default:"
              + " ${DEFAULT-VALUE})")
  private int maxDeaths;

  @Option(
      names = "--trial-timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "the most that a trial may take, for example 90m (default: no limit)")
  private @Nullable Duration trialTimeout;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "how often a long training saves itself (default: 10m)")
  private @Nullable Duration checkpointEvery;

  @Option(
      names = "--finish-by",
      paramLabel = "TIME",
      converter = TimeLimit.class,
      description =
          "starts nothing that would not end by then, stops what still runs, and makes the"
              + " tables; for example 07:00, 07:00+01:00 or 07:00[Europe/Rome]")
  private @Nullable ZonedDateTime finishBy;

  @Option(
      names = "--storage-patience",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "how long storage may be away or full before the sweep ends (default: 10m)")
  private @Nullable Duration storagePatience;

  /** Whether rows of trials that may go better another time are moved aside first. */
  boolean retryFailed() {
    return retryFailed;
  }

  /** The options; {@code err} is told when a sweep is to end. */
  SweepOptions options(PrintStream err) {
    if (maxDeaths < 1) {
      throw new UsageException("--max-deaths must be at least 1, got " + maxDeaths);
    }
    if (finishBy != null) {
      err.println("finishing by " + TimeLimit.words(finishBy));
    }
    return new SweepOptions(
        maxDeaths,
        trialTimeout,
        Objects.requireNonNullElse(checkpointEvery, SweepOptions.DEFAULT_SAVE_EVERY),
        finishBy == null ? null : finishBy.toInstant(),
        Objects.requireNonNullElse(storagePatience, StorageBackoff.DEFAULT));
  }
}
