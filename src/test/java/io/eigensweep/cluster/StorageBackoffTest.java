package io.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.signal.UnreadableSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StorageBackoffTest {
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void asksUntilThereIsAnAnswer() throws Exception {
    String answer =
        new StorageBackoff(Duration.ofHours(1))
            .ask(
                () -> {
                  if (calls.incrementAndGet() < 2) {
                    throw new IOException("away");
                  }
                  return "here";
                });
    assertThat(answer).isEqualTo("here");
  }

  @Test
  void looksMoreOftenAndWaitsLessWhereLessIsAtStake() {
    StorageBackoff backoff = new StorageBackoff(Duration.ofSeconds(60));
    assertThat(backoff.brief().longest()).isEqualTo(Duration.ofSeconds(3));
    assertThat(backoff.poll()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void givesUpWithTheLastTrouble() {
    assertThatThrownBy(
            () ->
                new StorageBackoff(Duration.ofSeconds(2))
                    .ask(
                        () -> {
                          throw new IOException("away " + calls.incrementAndGet());
                        }))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e).hasMessage("away " + calls.get()));
    assertThat(calls.get()).isGreaterThan(1);
  }

  @Test
  void contentDoesNotGetBetter() {
    assertThatThrownBy(
            () ->
                new StorageBackoff(Duration.ofHours(1))
                    .ask(
                        () -> {
                          calls.incrementAndGet();
                          throw new UnreadableSignalException("empty");
                        }))
        .isInstanceOf(UnreadableSignalException.class);
    assertThat(calls.get()).isEqualTo(1);
  }
}
