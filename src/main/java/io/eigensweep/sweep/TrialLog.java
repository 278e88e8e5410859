package io.eigensweep.sweep;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows and tells of each trial's attempts: how often it was submitted, how
 * attempts ended that can't say so themselves, and the row of a trial whose attempts can't write
 * it.
 */
final class TrialLog {
  private final String run;
  private final List<PlannedTrial> trials;
  private final ResultStore store;
  private final DriverWrites writes;
  private final RunningTrials running;
  private final Map<Integer, Integer> submissions = new HashMap<>();

  TrialLog(
      String run,
      List<PlannedTrial> trials,
      ResultStore store,
      DriverWrites writes,
      RunningTrials running) {
    this.run = run;
    this.trials = trials;
    this.store = store;
    this.writes = writes;
    this.running = running;
  }

  /** Counts a submission of {@code trial}; returns how many there were before. */
  int submit(int trial) {
    return submissions.merge(trial, 1, Integer::sum) - 1;
  }

  /** Whether the latest attempt at {@code trial} is known to have begun. */
  boolean hasStarted(int trial) {
    try {
      return store.attempts().hasStarted(id(trial), attempt(trial));
    } catch (ResultStoreException e) {
      LogManager.getLogger(TrialLog.class).warn("{}", e.getMessage());
      return false;
    }
  }

  /** Notes how the latest attempt at {@code trial} has ended. */
  void ended(int trial, AttemptLog.End end, String message) {
    TrialId id = id(trial);
    String attempt = attempt(trial);
    writes.add(
        () -> {
          store.requireThere();
          store.attempts().ended(id, attempt, end, message);
        });
  }

  /** Writes the row of a trial whose attempts can't. */
  void commit(int trial, Outcome outcome) {
    RunningTrials.@Nullable Running last = running.latest(trial).orElse(null);
    TrialResult row =
        TrialResult.ofLost(
            trials.get(trial).trial(),
            outcome,
            last == null ? Instant.now() : last.start(),
            last == null ? "unknown" : last.host(),
            Math.max(0, submissions.getOrDefault(trial, 0) - 1));
    writes.add(
        () -> {
          store.requireThere();
          boolean unused = store.commit(row);
        });
    running.forget(trial);
  }

  private TrialId id(int trial) {
    return trials.get(trial).id();
  }

  private String attempt(int trial) {
    return TrialTask.attemptName(
        run,
        submissions.getOrDefault(trial, 1) - 1,
        running.latest(trial).map(RunningTrials.Running::sparkAttempt).orElse(0));
  }
}
