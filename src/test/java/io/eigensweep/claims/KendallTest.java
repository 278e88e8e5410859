package io.eigensweep.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.aggregate.Interval;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class KendallTest {
  private static List<Interval> points(double... values) {
    return DoubleStream.of(values).mapToObj(Interval::point).toList();
  }

  @Test
  void countsPairsInTheSameOrderAgainstOthers() {
    // Of six pairs one, 3 and 2, is in the other order.
    assertThat(Kendall.tau(points(1, 2, 3, 4), points(1, 3, 2, 4)))
        .isEqualTo(Interval.point(4.0 / 6));
    assertThat(Kendall.tau(points(1, 2, 3), points(3, 2, 1))).isEqualTo(Interval.point(-1));
  }

  @Test
  void aTieIsNoOrderAndZeroesOfBothSignsAreOne() {
    assertThat(Kendall.tau(points(-0.0, 0.0, 1), points(1, 2, 3)))
        .isEqualTo(Interval.point(2.0 / 3));
  }

  @Test
  void ofBoundsThatOverlapEitherOrderIsPossible() {
    List<Interval> bounds =
        List.of(new Interval(1, 3), new Interval(2, 4), new Interval(5, Double.POSITIVE_INFINITY));
    assertThat(Kendall.tau(bounds, points(1, 2, 3))).isEqualTo(new Interval(1.0 / 3, 1));
  }
}
