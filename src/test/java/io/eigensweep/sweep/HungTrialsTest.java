package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HungTrialsTest {
  private static final int TRIAL = 3;

  private final List<Long> killed = new ArrayList<>();
  private boolean started = true;
  private final HungTrials hung =
      new HungTrials(Duration.ofMinutes(10), trial -> started, killed::add);

  private List<Integer> find(long task, long begun, long now) {
    return hung.find(
        List.of(
            new RunningTrials.Running(
                TRIAL, task, 0, "host", Instant.EPOCH, TimeUnit.SECONDS.toNanos(begun))),
        TimeUnit.SECONDS.toNanos(now));
  }

  @Test
  void aTaskThatIsKilledAndDoesNotEndHangs() {
    assertThat(find(1, 0, 660)).isEmpty();
    assertThat(killed).isEmpty();
    assertThat(find(1, 0, 661)).isEmpty();
    assertThat(killed).containsExactly(1L);
    assertThat(find(1, 0, 670)).isEmpty();

    assertThat(find(1, 0, 671)).containsExactly(TRIAL);
  }

  /** It had its row in its hands, and waited for storage. */
  @Test
  void oneThatEndsRunsAgainOnce() {
    assertThat(find(1, 0, 661)).isEmpty();
    assertThat(find(2, 662, 1322)).isEmpty();
    assertThat(find(2, 662, 1323)).containsExactly(TRIAL);
    assertThat(killed).containsExactly(1L, 2L);
  }

  @Test
  void aTaskThatHangsBeforeItsTrialIsOnlyKilled() {
    started = false;
    assertThat(find(1, 0, 661)).isEmpty();
    assertThat(find(1, 0, 10_000)).isEmpty();
    assertThat(killed).containsExactly(1L);
  }
}
