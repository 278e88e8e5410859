package io.eigensweep.spark;

import io.eigensweep.result.AttemptLog;
import io.eigensweep.trial.TrialId;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Deaths that no driver could note: in local mode driver and trials are one process, and whatever
 * ends it, a trial that takes all memory above all, ends who would have told. The next sweep on the
 * same machine finds the attempt that has started and not ended, and its process gone.
 *
 * <p>An attempt from before the machine, or its container, was started anew died with that, and is
 * not counted against the trial. Whether processes of other machines live can't be told from here.
 */
final class LostProcesses {
  /** Spark's name for the executor in local mode. */
  private static final String LOCAL_EXECUTOR = "driver";

  private LostProcesses() {}

  /** Notes the deaths among the open attempts at {@code ids} on this {@code host}. */
  static void note(AttemptLog attempts, Collection<TrialId> ids, String host) {
    Optional<Instant> machineStart =
        ProcessHandle.of(1).flatMap(first -> first.info().startInstant());
    attempts
        .open(ids)
        .forEach(
            (id, start) -> {
              if (start.executor().equals(LOCAL_EXECUTOR)
                  && start.host().equals(host)
                  && machineStart.map(start.startedAt()::isAfter).orElse(true)
                  && !runs(start)) {
                attempts.ended(
                    id,
                    start.name(),
                    AttemptLog.End.DIED,
                    String.format(
                        Locale.ROOT,
                        "process %d, the driver of a local sweep, is gone",
                        start.pid()));
              }
            });
  }

  /** Whether the attempt's process is there; one that began later only has the same number. */
  private static boolean runs(AttemptLog.Start start) {
    return ProcessHandle.of(start.pid())
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(began -> !began.isAfter(start.startedAt()))
                    .orElse(true))
        .isPresent();
  }
}
