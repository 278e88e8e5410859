package io.eigensweep.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * The trials that wait to be submitted, in their order, each not before its time. Times are of
 * {@link System#nanoTime}.
 */
final class WaitingTrials {
  /** So many trials share a job at most. */
  private static final int MAX_GROUP = 32;

  private final Deque<Waiting> queue = new ArrayDeque<>();

  /** A trial that may be submitted, after {@code notBefore}. */
  private record Waiting(int trial, long notBefore) {}

  /**
   * What decides about a trial.
   *
   * @param isTooLate whether it would not end in time; it then stays here, and a shorter one may
   *     fit
   * @param mustWait whether it must wait for others to end
   * @param isBrief whether it may share a job
   */
  record Rules(IntPredicate isTooLate, IntPredicate mustWait, IntPredicate isBrief) {}

  void addFirst(int trial, long notBefore) {
    queue.addFirst(new Waiting(trial, notBefore));
  }

  void addLast(int trial, long notBefore) {
    queue.addLast(new Waiting(trial, notBefore));
  }

  /** Whether one of them may start some time. */
  boolean isAnyInTime(Rules rules) {
    return queue.stream().anyMatch(waiting -> !rules.isTooLate().test(waiting.trial()));
  }

  /**
   * Hands the trials that may start at {@code now} to {@code jobs}, those of each job together.
   *
   * @param jobs submits one job; afterwards the rules may say otherwise
   * @param hasRoom whether there is room for another job
   */
  void submit(long now, Rules rules, Jobs jobs, BooleanSupplier hasRoom) {
    List<Integer> group = new ArrayList<>();
    Iterator<Waiting> waiting = queue.iterator();
    while (waiting.hasNext() && (!group.isEmpty() || hasRoom.getAsBoolean())) {
      Waiting next = waiting.next();
      int trial = next.trial();
      if (rules.isTooLate().test(trial)) {
        continue;
      }
      boolean brief = rules.isBrief().test(trial);
      if (!brief || group.size() == MAX_GROUP) {
        submit(group, jobs);
      }
      if (next.notBefore() - now <= 0 && !rules.mustWait().test(trial)) {
        waiting.remove();
        group.add(trial);
        if (!brief) {
          submit(group, jobs);
        }
      }
    }
    submit(group, jobs);
  }

  /**
   * Takes out the next trial that is not too late, whether or not its time has come; -1 if none.
   */
  int takeOne(Rules rules) {
    for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext(); ) {
      int trial = waiting.next().trial();
      if (!rules.isTooLate().test(trial)) {
        waiting.remove();
        return trial;
      }
    }
    return -1;
  }

  /** Submits. */
  interface Jobs {
    /** Submits one job for {@code trials}. */
    void submit(List<Integer> trials);
  }

  private static void submit(List<Integer> group, Jobs jobs) {
    if (!group.isEmpty()) {
      jobs.submit(List.copyOf(group));
      group.clear();
    }
  }
}
