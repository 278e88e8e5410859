package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PauseTest {
  private final List<String> lines = new ArrayList<>();
  private final Pause pause = new Pause(Duration.ofMinutes(10), Duration.ofSeconds(8), lines::add);

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  private void away(long since, long now) {
    pause.update(Optional.of(new Outage("can't read a.png", seconds(since))), seconds(now));
  }

  @Test
  void saysOnceThatItWaitsAndOnceThatItGoesOn() {
    pause.update(Optional.empty(), seconds(90));
    assertThat(pause.isOn()).isFalse();
    away(100, 103);
    away(101, 104);
    assertThat(pause.isOn()).isTrue();
    pause.update(Optional.empty(), seconds(160));

    assertThat(pause.isOn()).isFalse();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("can't read a.png", "10 min");
    assertThat(lines.get(1)).contains("back after 1 min");
  }

  @Test
  void letsATrialFindOutNowAndThen() {
    assertThat(pause.isTimeForOne(seconds(1))).isFalse();
    away(100, 100);
    assertThat(pause.isTimeForOne(seconds(107))).isFalse();
    assertThat(pause.isTimeForOne(seconds(108))).isTrue();
    assertThat(pause.isTimeForOne(seconds(109))).isFalse();
    assertThat(pause.isTimeForOne(seconds(116))).isTrue();
  }

  @Test
  void endsTheSweepWhenItLastsForTooLong() {
    away(100, 103);
    away(100, 699);
    assertThatThrownBy(() -> away(100, 700))
        .isInstanceOfSatisfying(
            SweepAbortedException.class, e -> assertThat(e.isStorageGone()).isTrue())
        .hasMessageContaining("can't read a.png")
        .hasMessageContaining("10 min");
  }
}
