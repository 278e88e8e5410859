package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void resolvedEigenvaluesArePoints() {
    assertThat(Interval.eigenvalue(2.0, 1.9, 2.1)).isEqualTo(Interval.point(2));
    assertThat(Interval.eigenvalue(null, 0.5, 2.1)).isEqualTo(new Interval(0.5, 2.1));
    assertThat(Interval.eigenvalue(null, null, null)).isEqualTo(new Interval(0, INFINITY));
  }

  /** A kernel of zeros: its row has no λ_min, so it counts with the unresolved ones. */
  @Test
  void boundsThatMeetAtZeroAreNoKnownNumber() {
    assertThat(Interval.eigenvalue(null, 0.0, 0.0).isPoint()).isFalse();
    assertThat(Interval.eigenvalue(null, 0.0, 0.0).lower()).isZero();
  }

  @Test
  void ordersOfMagnitudeOfKnownNumbersAreKnown() {
    Interval orders = Interval.point(1e-1).ordersAbove(Interval.point(1e-3));
    assertThat(orders.lower()).isEqualTo(2);
    assertThat(orders.isPoint()).isTrue();
  }

  @Test
  void ordersOfMagnitudeAboveAnUnresolvedNumberAreAtLeast() {
    assertThat(Interval.point(1e-1).ordersAbove(new Interval(0, 1e-15)))
        .isEqualTo(new Interval(14, INFINITY));
    assertThat(new Interval(0, 1e-15).ordersAbove(Interval.point(1e-1)))
        .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, -14));
    assertThat(new Interval(0, 1e-15).ordersAbove(new Interval(0, 1e-15)))
        .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, INFINITY));
    assertThat(new Interval(0, 0).ordersAbove(new Interval(0, 0)))
        .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, INFINITY));
    assertThat(new Interval(0, INFINITY).ordersAbove(new Interval(0, INFINITY)))
        .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, INFINITY));
  }
}
