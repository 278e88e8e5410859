package io.eigensweep.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The time by which a sweep ends, by the driver's clock: those of executors may be wrong. */
final class FinishBy {
  private final @Nullable Instant time;
  private final IntToDoubleFunction seconds;
  private final Supplier<Instant> clock;
  private long lastTask = -1;

  /**
   * @param time null without a limit
   * @param seconds what a trial is expected to take
   */
  FinishBy(@Nullable Instant time, IntToDoubleFunction seconds, Supplier<Instant> clock) {
    this.time = time;
    this.seconds = seconds;
    this.clock = clock;
  }

  /** Whether the time is over. */
  boolean isOver() {
    return time != null && clock.get().isAfter(time);
  }

  /** Whether {@code trial} would not end in time if it started now. */
  boolean isTooLateFor(int trial) {
    return time != null
        && clock.get().isAfter(time.minusMillis((long) (1000 * seconds.applyAsDouble(trial))));
  }

  /** Those of {@code tasks} that are new and have begun too late: they had to wait for a core. */
  List<RunningTrials.Running> begunTooLate(List<RunningTrials.Running> tasks) {
    List<RunningTrials.Running> late = new ArrayList<>();
    long latest = lastTask;
    for (RunningTrials.Running task : tasks) {
      latest = Math.max(latest, task.task());
      if (task.task() > lastTask && isTooLateFor(task.trial())) {
        late.add(task);
      }
    }
    lastTask = latest;
    return late;
  }
}
