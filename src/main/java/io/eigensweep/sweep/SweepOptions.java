package io.eigensweep.sweep;

import io.eigensweep.cluster.StorageBackoff;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How patient a sweep is. None of this changes a trial's numbers or its id.
 *
 * @param maxDeaths a trial during which so many executors have died is not tried again
 * @param trialTimeout the most that an attempt may take, null without a limit
 * @param saveEvery time between two saves of a training, null when none is made
 * @param finishBy nothing starts that would not end by then, and what runs then stops; null without
 *     a limit
 * @param storagePatience how long storage may be away, or full, before the sweep ends
 */
public record SweepOptions(
    int maxDeaths,
    @Nullable Duration trialTimeout,
    @Nullable Duration saveEvery,
    @Nullable Instant finishBy,
    Duration storagePatience)
    implements Serializable {
  /** How often a training saves itself when nobody says: what a death may cost. */
  public static final Duration DEFAULT_SAVE_EVERY = Duration.ofMinutes(10);

  /** Two deaths, a save every ten minutes, no limit of time, ten minutes without storage. */
  public static final SweepOptions DEFAULT =
      new SweepOptions(2, null, DEFAULT_SAVE_EVERY, null, StorageBackoff.DEFAULT);

  /** These options where storage may be away for {@code patience}. */
  SweepOptions withStoragePatience(Duration patience) {
    return new SweepOptions(maxDeaths, trialTimeout, saveEvery, finishBy, patience);
  }
}
