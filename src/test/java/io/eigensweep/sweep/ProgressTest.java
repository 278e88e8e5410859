package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.trial.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong clock = new AtomicLong();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private Progress progress(TrialCounters counters, RunningTrials running, boolean terminal) {
    return new Progress(counters, running, out, terminal, clock::get);
  }

  private static RunningTrials twoCores() {
    return new RunningTrials(trial -> 10, Map.of("0", 1, "1", 1), () -> 0);
  }

  @Test
  void countsFatesAndPredictsByWhatIsLeft() {
    TrialCounters counters = new TrialCounters(10, 100, 0);
    try (Progress progress = progress(counters, twoCores(), false)) {
      assertThat(progress.line()).isEqualTo("0 of 10 trials done, 0.0 s elapsed, about 50 s to go");

      clock.addAndGet(Duration.ofMinutes(2).toNanos());
      counters.ran(Status.SUCCEEDED, 30, 90);
      counters.ran(Status.FAILED, 10, 30);

      // 60 predicted seconds are left, each takes three, and two cores share them.
      assertThat(progress.line())
          .isEqualTo("2 of 10 trials done, 1 failed, 2 min elapsed, about 1 min 30 s to go");
    }
    assertThat(counters.unsuccessful()).isEqualTo(1);
  }

  @Test
  void whatTheFirstTrialsSpendOnWarmingUpIsNotExpectedOfTheOthers() {
    TrialCounters counters = new TrialCounters(200, 40, 2);
    try (Progress progress = progress(counters, twoCores(), false)) {
      counters.ran(Status.SUCCEEDED, 0.2, 8);
      counters.ran(Status.SUCCEEDED, 0.2, 7);
      assertThat(progress.line()).endsWith("about 20 s to go");

      for (int trial = 0; trial < 98; trial++) {
        counters.ran(Status.SUCCEEDED, 0.2, 0.3);
      }
      assertThat(progress.line()).endsWith("about 15 s to go");
    }
    // It does not hide that long trials are slow.
    TrialCounters slow = new TrialCounters(4, 4000, 2);
    slow.ran(Status.SUCCEEDED, 1000, 2010);
    assertThat(slow.slowness()).isEqualTo(2);
  }

  @Test
  void predictsNothingWhenAllIsDone() {
    TrialCounters counters = new TrialCounters(1, 1, 0);
    counters.ran(Status.DIVERGED, 1, 1);
    clock.addAndGet(Duration.ofSeconds(30).toNanos());
    try (Progress progress = progress(counters, twoCores(), false)) {
      assertThat(progress.line()).startsWith("1 of 1 trials done, 1 failed").doesNotContain("go");
    }
  }

  @Test
  void drawsABarOnATerminal() {
    TrialCounters counters = new TrialCounters(4, 4, 0);
    counters.ran(Status.SUCCEEDED, 1, 1);
    counters.committedElsewhere(1);
    counters.lost(Status.OUT_OF_MEMORY, 1);
    try (Progress progress = progress(counters, twoCores(), true)) {
      progress.start();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("trials", "3/4", "1 failed");
  }
}
