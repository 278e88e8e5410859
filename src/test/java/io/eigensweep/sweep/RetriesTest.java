package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final Retries retries = new Retries();

  @Test
  void troubleIsWaitedForLongerEachTime() {
    assertThat(retries.afterTrouble(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(retries.afterTrouble(1)).isEqualTo(Duration.ofSeconds(4));
    assertThat(retries.afterTrouble(2)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 20; i++) {
      assertThat(retries.afterTrouble(1)).isLessThanOrEqualTo(Duration.ofSeconds(64));
    }
  }

  @Test
  void aFileIsGoneWhenTwoExecutorsMissIt() {
    assertThat(retries.isGone(1, "a", 5)).isFalse();
    assertThat(retries.afterTrouble(1)).isPositive();
    assertThat(retries.isGone(1, "a", 5)).isFalse();
    assertThat(retries.isGone(1, "b", 5)).isTrue();
  }

  @Test
  void twoAttemptsAreEnoughWhereThereIsOneExecutor() {
    assertThat(retries.isGone(1, "driver", 1)).isFalse();
    assertThat(retries.afterTrouble(1)).isPositive();
    assertThat(retries.isGone(1, "driver", 1)).isTrue();
  }

  @Test
  void tenAttemptsAreEnoughAnywhere() {
    for (int i = 0; i < 9; i++) {
      assertThat(retries.isGone(1, "a", 5)).isFalse();
      assertThat(retries.afterTrouble(1)).isPositive();
    }
    assertThat(retries.isGone(1, "a", 5)).isTrue();
  }

  @Test
  void whatSparkCanNotRunIsTriedFourTimes() {
    for (int i = 0; i < 3; i++) {
      assertThat(retries.isWorthAnother(1)).isTrue();
    }
    assertThat(retries.afterFailure(1)).isEqualTo(Duration.ofSeconds(40));
    assertThat(retries.isWorthAnother(1)).isFalse();
  }
}
