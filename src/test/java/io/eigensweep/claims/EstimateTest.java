package io.eigensweep.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.aggregate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private static Estimate of(Statistic statistic, double... values) {
    return new Estimate(statistic, DoubleStream.of(values).mapToObj(Interval::point).toList());
  }

  @Test
  void aMeanHasStudentsInterval() {
    Interval interval = of(Statistic.MEAN, 1, 2, 6).interval(0.05);
    assertThat(interval.lower()).isCloseTo(3 - 4.30265 * Math.sqrt(7 / 3.0), within(1e-4));
    assertThat(interval.upper()).isCloseTo(3 + 4.30265 * Math.sqrt(7 / 3.0), within(1e-4));
  }

  /** Six values: the least is above the median with probability 1/64, at most 0.025. */
  @Test
  void aMedianHasTheSignTestsInterval() {
    assertThat(of(Statistic.MEDIAN, 1, 2, 3, 4, 5, 6).interval(0.05)).isEqualTo(new Interval(1, 6));
    assertThat(of(Statistic.MEDIAN, 1, 2, 3, 4, 5).interval(0.05))
        .isEqualTo(new Interval(NONE, Double.POSITIVE_INFINITY));
    // Conover 1999, table A3: for n = 10 ranks 2 and 9 have 97.9 %, 3 and 8 only 89.1 %.
    assertThat(of(Statistic.MEDIAN, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).interval(0.05))
        .isEqualTo(new Interval(2, 9));
  }

  @Test
  void valuesThatAreAllAlikeProveNoMoreThanTheirNumber() {
    assertThat(of(Statistic.MEAN, 3, 3).interval(0.05).lower()).isEqualTo(NONE);
    assertThat(of(Statistic.MEAN, 3, 3, 3, 3, 3, 3).interval(0.05)).isEqualTo(new Interval(3, 3));
    assertThat(of(Statistic.MEAN, 3, 3).above(0, true)).isEqualTo(0.25);
  }

  @Test
  void onePictureHasNoInterval() {
    assertThat(of(Statistic.MEAN, 3).interval(0.05))
        .isEqualTo(new Interval(NONE, Double.POSITIVE_INFINITY));
    assertThat(of(Statistic.MEDIAN, 3).above(0, true)).isEqualTo(1);
  }

  /** The lower limit is that of lower bounds, the upper one that of upper bounds. */
  @Test
  void boundsAreNeverNumbers() {
    List<Interval> bounds =
        List.of(
            new Interval(24, Double.POSITIVE_INFINITY),
            new Interval(25, Double.POSITIVE_INFINITY),
            new Interval(26, 27));
    Estimate mean = new Estimate(Statistic.MEAN, bounds);
    assertThat(mean.interval(0.05).lower()).isCloseTo(25 - 4.30265 / Math.sqrt(3), within(1e-4));
    assertThat(mean.interval(0.05).upper()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(mean.below(1000, false)).isEqualTo(1);
    assertThat(mean.value()).isEqualTo(new Interval(25, Double.POSITIVE_INFINITY));
    Estimate open =
        new Estimate(Statistic.MEAN, List.of(new Interval(NONE, 3), new Interval(2, 3)));
    assertThat(open.interval(0.05).lower()).isEqualTo(NONE);
    assertThat(open.above(-1000, false)).isEqualTo(1);
  }

  @Test
  void whereInfinitiesMeetNothingIsKnown() {
    double all = Double.POSITIVE_INFINITY;
    for (Statistic statistic : Statistic.values()) {
      Estimate estimate =
          new Estimate(statistic, List.of(new Interval(NONE, NONE), new Interval(all, all)));
      assertThat(estimate.value()).isEqualTo(new Interval(NONE, all));
      assertThat(estimate.interval(0.05)).isEqualTo(new Interval(NONE, all));
    }
  }

  /** p is the level at which the interval's end reaches the bound. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.05, 0.001})
  void errorsAndIntervalsAgree(double alpha) {
    for (Statistic statistic : Statistic.values()) {
      Estimate estimate = of(statistic, 1, 2, 2.5, 3, 4, 4.5, 5, 6, 7, 8, 8.5, 9, 10, 11, 11.5, 12);
      Interval interval = estimate.interval(alpha);
      assertThat(estimate.above(interval.lower() - 1e-9, false)).isLessThan(alpha / 2 + 1e-9);
      assertThat(estimate.above(interval.lower() + 1e-6, false)).isGreaterThan(alpha / 2 - 1e-9);
      assertThat(estimate.below(interval.upper() + 1e-9, false)).isLessThan(alpha / 2 + 1e-9);
    }
  }

  /** 4,000 sweeps of normal values: one standard error of a coverage is 0.34 points. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 20})
  void ofNormalValuesTheMeansIntervalHoldsAsOftenAsItPromises(int pictures) {
    double covered = coverage(Statistic.MEAN, pictures, 0, random -> random.nextGaussian());
    assertThat(covered).isCloseTo(0.95, within(0.015));
  }

  /**
   * Log-normal values, of median 1: three times out of four below the mean. Five have no limits.
   */
  @ParameterizedTest
  @ValueSource(ints = {6, 7, 9, 10, 20})
  void ofSkewedValuesTheMediansIntervalHoldsAtLeastAsOften(int pictures) {
    double covered =
        coverage(Statistic.MEDIAN, pictures, 1, random -> Math.exp(1.5 * random.nextGaussian()));
    assertThat(covered).isGreaterThan(0.95 - 0.015);
  }

  private static double coverage(
      Statistic statistic, int pictures, double truth, ToDoubleFunction<Random> value) {
    Random random = new Random(pictures);
    int sweeps = 4000;
    int covered = 0;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      List<Interval> values = new ArrayList<>();
      for (int picture = 0; picture < pictures; picture++) {
        values.add(Interval.point(value.applyAsDouble(random)));
      }
      Interval interval = new Estimate(statistic, values).interval(0.05);
      covered += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
    }
    return (double) covered / sweeps;
  }
}
