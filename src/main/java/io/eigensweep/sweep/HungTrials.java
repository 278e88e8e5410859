package io.eigensweep.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Trials that run beyond their timeout and have not noticed it themselves. Their tasks are killed;
 * one that does not end then hangs, while one that does may only have waited for storage, and runs
 * again, once.
 */
final class HungTrials {
  /** How long a task that was killed may take to end. */
  static final Duration OBEDIENCE = Duration.ofSeconds(10);

  private final @Nullable Duration timeout;
  private final IntPredicate hasStarted;
  private final LongConsumer kill;
  private final Map<Long, Long> killedAt = new HashMap<>();
  private final Map<Integer, Integer> kills = new HashMap<>();

  /**
   * @param timeout the most that an attempt may take, null without a limit
   * @param hasStarted whether the latest attempt at a trial has begun
   * @param kill kills a task, which then ends and runs again, or does not end
   */
  HungTrials(@Nullable Duration timeout, IntPredicate hasStarted, LongConsumer kill) {
    this.timeout = timeout;
    this.hasStarted = hasStarted;
    this.kill = kill;
  }

  /**
   * Those that are found to hang at {@code now} among {@code tasks}, which are of trials that are
   * not known to hang.
   */
  List<Integer> find(List<RunningTrials.Running> tasks, long now) {
    List<Integer> found = new ArrayList<>();
    if (timeout == null) {
      return found;
    }
    long grace = Math.min(60_000, 2_000 + timeout.toMillis() / 4);
    long limit = timeout.plusMillis(grace).toNanos();
    long obedience = Math.min(OBEDIENCE.toNanos(), grace * 1_000_000);
    for (RunningTrials.Running task : tasks) {
      if (now - task.startNanos() <= limit) {
        continue;
      }
      @Nullable Long killed = killedAt.get(task.task());
      if (killed == null) {
        // A task that hangs before its trial is not the trial's fault; Spark runs it again.
        boolean started = hasStarted.test(task.trial());
        killedAt.put(task.task(), started ? now : Long.MAX_VALUE);
        kill.accept(task.task());
        if (!started || kills.merge(task.trial(), 1, Integer::sum) == 1) {
          continue;
        }
      } else if (killed == Long.MAX_VALUE || now - killed < obedience) {
        continue;
      }
      found.add(task.trial());
    }
    return found;
  }
}
