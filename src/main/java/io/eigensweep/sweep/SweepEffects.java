package io.eigensweep.sweep;

import io.eigensweep.store.AttemptLog;
import io.eigensweep.trial.Outcome;
import java.util.List;
import java.util.Set;

/** What {@link TrialStates} asks for. */
interface SweepEffects {
  /** Submits one job for {@code trials}, which executors that are {@code resting} refuse. */
  void submit(List<Integer> trials, Set<String> resting);

  /** Ends the job of {@code trial}, after which it goes back; false when others share it. */
  boolean cancel(int trial);

  /** Kills a task. */
  void kill(long task);

  /** Whether the latest attempt at {@code trial} is known to have begun. */
  boolean hasStarted(int trial);

  /** Notes how the latest attempt at {@code trial} has ended. */
  void note(int trial, AttemptLog.End end, String message);

  /** Writes the row of {@code trial}, whose attempts can't. */
  void commit(int trial, Outcome outcome);

  /** {@code trial} has its row from an attempt. */
  void forget(int trial);

  /** Tells the user. */
  void say(String line);
}
