package io.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.trial.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static Cluster cluster;

  private final AtomicLong clock = new AtomicLong();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @BeforeAll
  static void connect() {
    cluster = Cluster.forQueries("test");
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  private Fates fates() {
    return new Fates(cluster.session().sparkContext());
  }

  @Test
  void countsFatesAndPredictsByWorkDone() {
    Fates fates = fates();
    try (Progress progress = new Progress(10, 100, fates, out, false, clock::get)) {
      assertThat(progress.line()).isEqualTo("0 of 10 trials done, 0.0 s elapsed");

      clock.addAndGet(Duration.ofMinutes(2).toNanos());
      fates.add(Status.SUCCEEDED, 30);
      fates.add(Status.FAILED, 10);

      // 40 of 100 predicted seconds took two minutes: 60 more take three.
      assertThat(progress.line())
          .isEqualTo("2 of 10 trials done, 1 failed, 2 min elapsed, about 3 min to go");
    }
    assertThat(fates.byStatus()).isEqualTo(Map.of(Status.SUCCEEDED, 1L, Status.FAILED, 1L));
  }

  @Test
  void predictsNothingWhenAllIsDone() {
    Fates fates = fates();
    fates.add(Status.DIVERGED, 1);
    clock.addAndGet(Duration.ofSeconds(30).toNanos());
    try (Progress progress = new Progress(1, 1, fates, out, false, clock::get)) {
      assertThat(progress.line()).startsWith("1 of 1 trials done, 1 failed").doesNotContain("go");
    }
  }

  @Test
  void drawsABarOnATerminal() {
    Fates fates = fates();
    fates.add(Status.SUCCEEDED, 1);
    fates.add(Status.FAILED, 1);
    try (Progress progress = new Progress(4, 4, fates, out, true, clock::get)) {
      progress.start();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("trials", "2/4", "1 failed");
  }
}
