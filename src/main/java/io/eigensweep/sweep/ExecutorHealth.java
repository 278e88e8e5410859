package io.eigensweep.sweep;

import io.eigensweep.cluster.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which executors get work. One on which several attempts in a row have failed by no fault of their
 * trials (a mount that is missing there, a network that is down) rests: otherwise it would be free
 * again at once, always, and take the whole queue. After each rest it is tried again.
 *
 * <p>When attempts that began after its trouble get through on others, its host is named. When all
 * executors rest, nothing tells one from the other: the storage itself is away.
 *
 * <p>Times are of {@link System#nanoTime}. Not thread-safe.
 */
final class ExecutorHealth {
  /** So many failures in a row, without anything that gets through, are not chance. */
  static final int LIMIT = 3;

  private static final Duration FIRST_REST = Duration.ofSeconds(10);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private final Map<String, Trouble> troubled = new TreeMap<>();
  private final Set<String> named = new HashSet<>();

  /** Failures in a row on one executor. */
  private static final class Trouble {
    private final String host;
    private final long since;
    private String message = "";
    private int failures;
    private Duration rest = FIRST_REST;
    private long restsUntil;

    Trouble(String host, long since) {
      this.host = host;
      this.since = since;
    }

    boolean rests() {
      return failures >= LIMIT;
    }
  }

  /** An attempt that began at {@code began} has failed at {@code now} by no fault of its trial. */
  void failed(Place place, String message, long began, long now) {
    Trouble trouble =
        troubled.computeIfAbsent(place.executor(), name -> new Trouble(place.host(), began));
    trouble.message = message;
    trouble.failures++;
    boolean first = trouble.failures == LIMIT;
    if (first || (trouble.rests() && now - trouble.restsUntil >= 0)) {
      trouble.restsUntil = now + trouble.rest.toNanos();
      Duration longer = trouble.rest.multipliedBy(2);
      trouble.rest = longer.compareTo(LONGEST_REST) < 0 ? longer : LONGEST_REST;
    }
  }

  /**
   * An attempt that began at {@code began} got through. Says which hosts fail where others don't, a
   * line for each, once.
   */
  List<String> succeeded(Place place, long began) {
    Trouble here = troubled.get(place.executor());
    if (here != null && began - here.since > 0) {
      troubled.remove(place.executor());
    }
    List<String> lines = new ArrayList<>();
    troubled.forEach(
        (executor, trouble) -> {
          if (trouble.rests() && began - trouble.since > 0 && named.add(trouble.host)) {
            lines.add(
                String.format(
                    Locale.ROOT,
                    "host %s (executor %s) fails where others don't, and gets no more work until it"
                        + " does better: %s",
                    trouble.host,
                    executor,
                    trouble.message));
          }
        });
    return lines;
  }

  /** The executors that must not run trials at {@code now}. */
  Set<String> resting(long now) {
    Set<String> resting = new TreeSet<>();
    troubled.forEach(
        (executor, trouble) -> {
          if (trouble.rests() && trouble.restsUntil - now > 0) {
            resting.add(executor);
          }
        });
    return resting;
  }

  /** What all {@code executors} suffer from, since when; empty when one of them is well. */
  Optional<Outage> outage(Collection<String> executors) {
    boolean all =
        !executors.isEmpty()
            && executors.stream()
                .map(troubled::get)
                .allMatch(trouble -> trouble != null && trouble.rests());
    return all
        ? executors.stream()
            .map(troubled::get)
            .min(Comparator.comparingLong(trouble -> trouble.since))
            .map(trouble -> new Outage(trouble.message, trouble.since))
        : Optional.empty();
  }
}
