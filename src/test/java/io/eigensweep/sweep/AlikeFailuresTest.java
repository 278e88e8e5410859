package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.trial.Status;
import org.junit.jupiter.api.Test;

class AlikeFailuresTest {
  private final AlikeFailures alike = new AlikeFailures();

  private void fail(int times, String words) {
    for (int i = 0; i < times; i++) {
      alike.ended(Status.FAILED, words);
    }
  }

  @Test
  void manyInARowEndTheSweep() {
    fail(AlikeFailures.LIMIT - 1, "train: no such method");
    assertThatThrownBy(() -> fail(1, "train: no such method"))
        .isInstanceOf(SweepAbortedException.class)
        .hasMessageContaining("train: no such method");
  }

  @Test
  void anotherEndBetweenThemStartsTheCountAnew() {
    for (Status other : Status.values()) {
      fail(AlikeFailures.LIMIT - 1, "train: no such method");
      alike.ended(other, "something else");
    }
    fail(AlikeFailures.LIMIT - 1, "train: no such method");
  }

  @Test
  void contentIsAFate() {
    fail(10 * AlikeFailures.LIMIT, "load: a.png: the file is empty");
    for (int i = 0; i < 10 * AlikeFailures.LIMIT; i++) {
      alike.ended(Status.DIVERGED, "train: the loss exploded in epoch 3");
    }
  }
}
