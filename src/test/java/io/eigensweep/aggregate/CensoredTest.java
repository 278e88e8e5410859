package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CensoredTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void ofKnownNumbersIsTheMedian() {
    assertThat(Censored.median(List.of(Interval.point(3), Interval.point(1), Interval.point(2))))
        .isEqualTo(new Censored(3, 0, 2.0, 2.0, 2.0));
    assertThat(Censored.median(List.of(Interval.point(4), Interval.point(1))))
        .isEqualTo(new Censored(2, 0, 2.5, 2.5, 2.5));
  }

  @Test
  void isDeterminedWhenUnresolvedNumbersLieOnOneSide() {
    assertThat(
            Censored.median(List.of(new Interval(0, 1e-15), Interval.point(2), Interval.point(7))))
        .isEqualTo(new Censored(3, 1, 2.0, 2.0, 2.0));
    assertThat(
            Censored.median(
                List.of(Interval.point(1), Interval.point(2), new Interval(5, INFINITY))))
        .isEqualTo(new Censored(3, 1, 2.0, 2.0, 2.0));
  }

  @Test
  void isAnIntervalWhenTheMiddleIsUnresolved() {
    assertThat(
            Censored.median(
                List.of(new Interval(0, 1e-15), new Interval(0, 3e-15), Interval.point(7))))
        .isEqualTo(new Censored(3, 2, null, 0.0, 3e-15));
    assertThat(Censored.median(List.of(new Interval(0, 4), Interval.point(6))))
        .isEqualTo(new Censored(2, 1, null, 3.0, 5.0));
  }

  @Test
  void hasNoBoundWhereThereIsNone() {
    assertThat(Censored.median(List.of(new Interval(Double.NEGATIVE_INFINITY, INFINITY))))
        .isEqualTo(new Censored(1, 1, null, null, null));
    assertThat(Censored.median(List.of())).isEqualTo(Censored.NONE);
  }

  @Test
  void enclosesTheMedianOfWhateverTheNumbersAre() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(7);
      double[] truth = new double[count];
      List<Interval> known = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        truth[i] = random.nextInt(20);
        known.add(
            random.nextBoolean()
                ? Interval.point(truth[i])
                : new Interval(truth[i] - random.nextInt(5), truth[i] + random.nextInt(5)));
      }
      Arrays.sort(truth);
      double median =
          count % 2 == 1 ? truth[count / 2] : (truth[count / 2 - 1] + truth[count / 2]) / 2;
      Censored censored = Censored.median(known);
      assertThat(censored.lower()).isLessThanOrEqualTo(median);
      assertThat(censored.upper()).isGreaterThanOrEqualTo(median);
      if (censored.value() != null) {
        assertThat(censored.value()).isEqualTo(median);
      }
    }
  }
}
