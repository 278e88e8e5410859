package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final Instant EVENING = Instant.parse("2026-01-02T20:00:00Z");

  private static Map<String, @Nullable Object> row(long start, long end) {
    return Map.of(
        "started_at", EVENING.plusSeconds(start), "finished_at", EVENING.plusSeconds(end));
  }

  @Test
  void countsTrialsAtATime() {
    Throughput throughput =
        Throughput.of(List.of(row(0, 10), row(0, 10), row(10, 20), row(10, 20))).orElseThrow();

    assertThat(throughput.slots()).isEqualTo(2);
    assertThat(throughput.lastRow()).isEqualTo(EVENING.plusSeconds(20));
  }

  @Test
  void forgetsWhatIsLongAgo() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    rows.add(row(-100_000, -99_990));
    for (int i = 0; i < 300; i++) {
      rows.add(row(10L * i, 10L * i + 40));
    }

    assertThat(Throughput.of(rows).orElseThrow().slots()).isCloseTo(4, Offset.offset(0.1));
  }

  @Test
  void isUnknownWithoutRows() {
    assertThat(Throughput.of(List.of())).isEmpty();
  }
}
