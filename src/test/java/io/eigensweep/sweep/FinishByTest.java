package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinishByTest {
  private static final Instant SEVEN = Instant.parse("2026-01-02T07:00:00Z");

  private Instant now = SEVEN.minusSeconds(100);
  private final FinishBy finishBy = new FinishBy(SEVEN, trial -> 60 * trial, () -> now);

  private static RunningTrials.Running task(int trial, long number) {
    return new RunningTrials.Running(trial, number, 0, "host", Instant.EPOCH, 0);
  }

  @Test
  void aTrialMustEndInTime() {
    assertThat(finishBy.isTooLateFor(1)).isFalse();
    assertThat(finishBy.isTooLateFor(2)).isTrue();
    assertThat(finishBy.isOver()).isFalse();
    now = SEVEN.plusSeconds(1);
    assertThat(finishBy.isTooLateFor(0)).isTrue();
    assertThat(finishBy.isOver()).isTrue();
  }

  @Test
  void eachTaskIsLookedAtWhenItBegins() {
    assertThat(finishBy.begunTooLate(List.of(task(2, 7), task(1, 8)))).containsExactly(task(2, 7));
    now = SEVEN.minusSeconds(30);
    assertThat(finishBy.begunTooLate(List.of(task(1, 8)))).as("it began in time").isEmpty();
    assertThat(finishBy.begunTooLate(List.of(task(1, 8), task(1, 9)))).containsExactly(task(1, 9));
  }

  @Test
  void withoutALimitNothingIsTooLate() {
    FinishBy never = new FinishBy(null, trial -> 1e9, () -> now);
    assertThat(never.isOver()).isFalse();
    assertThat(never.isTooLateFor(1)).isFalse();
  }
}
