package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.cluster.Place;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExecutorHealthTest {
  private static final Place SICK = new Place("host-a", "1");
  private static final Place WELL = new Place("host-b", "2");

  private final ExecutorHealth health = new ExecutorHealth();

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  /** Fails {@code times} times, a second each, from the second {@code from} on. */
  private void fail(Place place, int times, long from) {
    for (int i = 0; i < times; i++) {
      health.failed(place, "no mount", seconds(from + i), seconds(from + i + 1));
    }
  }

  @Test
  void anExecutorThatFailsAgainAndAgainRestsLongerEachTime() {
    fail(SICK, ExecutorHealth.LIMIT - 1, 0);
    assertThat(health.resting(seconds(2))).isEmpty();

    fail(SICK, 1, 2);
    assertThat(health.resting(seconds(4))).containsExactly("1");
    assertThat(health.resting(seconds(13))).isEmpty();

    fail(SICK, 1, 13);
    assertThat(health.resting(seconds(33))).containsExactly("1");
    assertThat(health.resting(seconds(34))).isEmpty();
  }

  @Test
  void itsHostIsNamedOnceOthersDoBetter() {
    fail(SICK, 3, 10);

    // This began before the trouble: it says nothing.
    assertThat(health.succeeded(WELL, seconds(9))).isEmpty();
    assertThat(health.succeeded(WELL, seconds(11)))
        .singleElement()
        .asString()
        .contains("host-a", "no mount");
    assertThat(health.succeeded(WELL, seconds(12))).isEmpty();
    fail(new Place("host-a", "3"), 3, 20);
    assertThat(health.succeeded(WELL, seconds(30))).as("a second executor there").isEmpty();
    assertThat(health.outage(Set.of("1", "2"))).isEmpty();
  }

  @Test
  void whatAllSufferFromIsAnOutage() {
    fail(SICK, 3, 10);
    assertThat(health.outage(Set.of("1", "2"))).isEmpty();
    fail(WELL, 3, 5);

    assertThat(health.outage(Set.of("1", "2"))).hasValue(new Outage("no mount", seconds(5)));
    assertThat(health.outage(Set.of())).isEmpty();

    assertThat(health.succeeded(WELL, seconds(20))).hasSize(1);
    assertThat(health.outage(Set.of("1", "2"))).isEmpty();
    health.succeeded(SICK, seconds(21));
    assertThat(health.resting(seconds(21))).isEmpty();
  }

  @Test
  void failuresBetweenSuccessesAreTheTrialsOwn() {
    for (int i = 0; i < 10; i++) {
      fail(SICK, 2, 10L * i);
      health.succeeded(SICK, seconds(10L * i + 5));
    }
    assertThat(health.resting(seconds(100))).isEmpty();
  }
}
