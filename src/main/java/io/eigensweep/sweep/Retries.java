package io.eigensweep.sweep;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How often each trial was tried without a row, and what follows from it. */
final class Retries {
  /** Attempts that Spark could not run. */
  private static final int MAX_FAILURES = 4;

  /** Attempts that miss a file, and those that are enough when all were made by one executor. */
  private static final int MISSES = 2;

  private static final int MISSES_OF_ONE = 10;

  private static final int LONGEST_WAIT = 6;

  private final Map<Integer, Integer> failures = new HashMap<>();
  private final Map<Integer, Integer> troubles = new HashMap<>();
  private final Map<Integer, Set<String>> missedBy = new HashMap<>();

  /** How long {@code trial} waits after one more attempt in trouble: 2, 4, 8 … 64 seconds. */
  Duration afterTrouble(int trial) {
    int count = troubles.merge(trial, 1, Integer::sum);
    return Duration.ofSeconds(1L << Math.min(count, LONGEST_WAIT));
  }

  /**
   * Whether enough attempts have missed the file of {@code trial}, {@code executor}'s the last:
   * two, by two executors where there are several.
   */
  boolean isGone(int trial, String executor, int executors) {
    Set<String> missing = missedBy.computeIfAbsent(trial, key -> new HashSet<>());
    missing.add(executor);
    int attempts = troubles.getOrDefault(trial, 0) + 1;
    return attempts >= MISSES_OF_ONE
        || (attempts >= MISSES && missing.size() >= Math.min(2, executors));
  }

  /** Whether {@code trial}, which Spark could not run once more, is to be tried again. */
  boolean isWorthAnother(int trial) {
    return failures.merge(trial, 1, Integer::sum) < MAX_FAILURES;
  }

  /** How long it waits then: 10, 20, 40 seconds. */
  Duration afterFailure(int trial) {
    return Duration.ofSeconds(5L << failures.getOrDefault(trial, 0));
  }
}
