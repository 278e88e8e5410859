package io.eigensweep.cluster;

import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialSaves;
import java.io.IOException;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;

/**
 * Saves of trials where storage or memory may fail: a state that can't be kept is told in the
 * executor's log, and costs time only if the trial is interrupted. One that can't be read is waited
 * for, as hours of training may be in it, before the trial starts anew.
 */
record BestEffortSaves(TrialSaves saves, StorageBackoff backoff) implements TrialSaves {

  @Override
  public Optional<byte[]> read(TrialId id) {
    try {
      return backoff.ask(() -> saves.read(id));
    } catch (IOException e) {
      LogManager.getLogger(BestEffortSaves.class)
          .warn("trial {} starts anew, its saved state can't be read: {}", id, e.toString());
      return Optional.empty();
    }
  }

  @Override
  public void write(TrialId id, State state) {
    try {
      saves.write(id, state);
    } catch (IOException
        | RuntimeException
        | OutOfMemoryError e) { // the training has what it needs
      LogManager.getLogger(BestEffortSaves.class)
          .warn("the state of trial {} can't be saved: {}", id, e.toString());
    }
  }
}
