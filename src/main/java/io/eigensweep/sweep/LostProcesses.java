package io.eigensweep.sweep;

import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ProcessMark;
import io.eigensweep.trial.TrialId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deaths that no driver could note: in local mode driver and trials are one process, and whatever
 * ends it, a trial that takes all memory above all, ends who would have told. The next sweep on the
 * same machine finds the attempt that has started and not ended, and its process gone.
 *
 * <p>The attempt's process is looked for where it can be seen, in its own namespace. That of
 * another container can't be seen; it lives while it renews its lease ({@link AttemptLog#renew}),
 * for which it is given {@link #LEASE}. An attempt from before the machine was started anew died
 * with that, and is not counted against the trial; whether processes of other machines live can't
 * be told from here.
 */
final class LostProcesses {
  /** Time between two renewals of a driver's lease. */
  static final Duration RENEWAL = Duration.ofSeconds(10);

  /** A driver that has not renewed its lease for so long is gone. */
  static final Duration LEASE = Duration.ofSeconds(45);

  /** Spark's name for the executor in local mode. */
  private static final String LOCAL_EXECUTOR = "driver";

  private final AttemptLog attempts;
  private final String run;
  private final ProcessMark self;
  private final EndedRuns ended;
  private final Consumer<Duration> pause;
  private final Consumer<String> lines;

  /**
   * @param run this driver's, which has renewed its lease just now
   * @param self this process
   * @param ended runs that ended in order without a note
   * @param pause waits
   * @param lines is told when that takes long
   */
  LostProcesses(
      AttemptLog attempts,
      String run,
      ProcessMark self,
      EndedRuns ended,
      Consumer<Duration> pause,
      Consumer<String> lines) {
    this.ended = ended;
    this.attempts = attempts;
    this.run = run;
    this.self = self;
    this.pause = pause;
    this.lines = lines;
  }

  /** Notes the deaths among the open attempts at {@code ids}. */
  void note(Collection<TrialId> ids) {
    Map<TrialId, AttemptLog.Start> open = new HashMap<>(attempts.open(ids));
    open.values()
        .removeIf(
            start ->
                !start.executor().equals(LOCAL_EXECUTOR)
                    || start.process().boot().isEmpty()
                    || !start.process().boot().equals(self.boot())
                    || ended.contains(start.run()));
    Set<String> elsewhere = new HashSet<>();
    for (AttemptLog.Start start : open.values()) {
      if (!isInSight(start.process())) {
        elsewhere.add(start.run());
      }
    }
    Set<String> living = living(elsewhere);
    open.forEach(
        (id, start) -> {
          ProcessMark process = start.process();
          boolean lives =
              isInSight(process)
                  ? ProcessMark.born(process.pid()).filter(process.born()::equals).isPresent()
                  : living.contains(start.run());
          if (!lives) {
            attempts.ended(
                id,
                start.name(),
                AttemptLog.End.DIED,
                String.format(
                    Locale.ROOT,
                    "process %d, the driver of a local sweep, is gone",
                    process.pid()));
          }
        });
    elsewhere.stream().filter(other -> !living.contains(other)).forEach(attempts::forgetRun);
  }

  private boolean isInSight(ProcessMark process) {
    return process.namespace().equals(self.namespace());
  }

  /** Those of {@code runs} whose drivers renew their leases; waits for it if that can't be told. */
  private Set<String> living(Set<String> runs) {
    Map<String, Long> renewed = new HashMap<>();
    long now = attempts.renewed(run).orElseThrow();
    for (String other : runs) {
      OptionalLong before = attempts.renewed(other);
      if (before.isPresent() && now - before.getAsLong() <= LEASE.toMillis()) {
        renewed.put(other, before.getAsLong());
      }
    }
    if (!renewed.isEmpty()) {
      lines.accept(
          "an earlier sweep may still run in another container; this takes "
              + LEASE.toSeconds()
              + " s to tell");
    }
    Set<String> living = new HashSet<>();
    Duration step = Duration.ofSeconds(1);
    for (Duration waited = Duration.ZERO;
        living.size() < renewed.size() && waited.compareTo(LEASE) < 0;
        waited = waited.plus(step)) {
      pause.accept(step);
      renewed.forEach(
          (other, before) -> {
            if (attempts.renewed(other).orElse(before) != before) {
              living.add(other);
            }
          });
    }
    return living;
  }
}
