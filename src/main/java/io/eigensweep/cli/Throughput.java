package io.eigensweep.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast a sweep has been going, told by its latest rows alone.
 *
 * @param slots trials that ran at the same time, on average
 * @param lastRow when the latest of them ended
 */
record Throughput(double slots, Instant lastRow) {
  /** Rows that tell it. */
  static final int LATEST = 200;

  /** The throughput of {@code rows}; empty without any. */
  static Optional<Throughput> of(List<Map<String, @Nullable Object>> rows) {
    List<Map<String, @Nullable Object>> latest =
        rows.stream()
            .sorted(
                Comparator.comparing((Map<String, @Nullable Object> row) -> end(row)).reversed())
            .limit(LATEST)
            .toList();
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    Instant first =
        latest.stream().map(Throughput::start).min(Comparator.naturalOrder()).orElseThrow();
    double span = seconds(Duration.between(first, end(latest.get(0))));
    double work =
        latest.stream().mapToDouble(row -> seconds(Duration.between(start(row), end(row)))).sum();
    return Optional.of(new Throughput(span > 0 ? work / span : 1, end(latest.get(0))));
  }

  private static Instant start(Map<String, @Nullable Object> row) {
    return (Instant) Objects.requireNonNull(row.get("started_at"));
  }

  private static Instant end(Map<String, @Nullable Object> row) {
    return (Instant) Objects.requireNonNull(row.get("finished_at"));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
