package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeanIntervalTest {

  /** Student 1908's table as it is printed today, 97.5 %. */
  @ParameterizedTest
  @CsvSource({"1, 12.7062", "2, 4.3027", "4, 2.7764", "9, 2.2622", "19, 2.0930", "99, 1.9842"})
  void takesStudentsQuantiles(int degreesOfFreedom, double t) {
    assertThat(StudentT.quantile(1 - MeanInterval.CONFIDENCE, degreesOfFreedom))
        .isCloseTo(t, within(5e-5));
  }

  @Test
  void ofOneValueForEachPictureIsTheTextbooks() {
    // Mean 3, deviation √7, standard error √(7/3).
    Interval interval = interval(List.of(1.0, 2.0, 6.0), distinct(3));
    assertThat(interval.lower()).isCloseTo(3 - 4.30265 * Math.sqrt(7 / 3.0), within(1e-4));
    assertThat(interval.upper()).isCloseTo(3 + 4.30265 * Math.sqrt(7 / 3.0), within(1e-4));
  }

  @Test
  void seedsThatAgreeAddNothingToWhatPicturesTell() {
    List<Double> three = List.of(1.0, 2.0, 6.0);
    List<Double> twelve = new ArrayList<>();
    List<Integer> pictures = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      twelve.add(three.get(i / 4));
      pictures.add(i / 4);
    }
    Interval expected = interval(three, distinct(3));
    Interval interval = interval(twelve, pictures);
    assertThat(interval.lower()).isCloseTo(expected.lower(), within(1e-12));
    assertThat(interval.upper()).isCloseTo(expected.upper(), within(1e-12));
  }

  /**
   * Pictures with a normal effect of their own, and seeds with one: 4,000 sweeps, so one standard
   * error of a coverage is 0.34 points. With as many seeds for each picture it is exact.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 20})
  void holdsTheMeanAsOftenAsItPromises(int pictures) {
    Random random = new Random(pictures);
    int sweeps = 4000;
    int covered = 0;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      List<Double> values = new ArrayList<>();
      List<Integer> owners = new ArrayList<>();
      for (int picture = 0; picture < pictures; picture++) {
        double effect = random.nextGaussian();
        for (int seed = 0; seed < 3; seed++) {
          values.add(7 + effect + 0.5 * random.nextGaussian());
          owners.add(picture);
        }
      }
      Interval interval = interval(values, owners);
      covered += interval.lower() <= 7 && 7 <= interval.upper() ? 1 : 0;
    }
    assertThat((double) covered / sweeps).isCloseTo(MeanInterval.CONFIDENCE, within(0.015));
  }

  @Test
  void oneMissingSeedIsNoNaN() {
    Interval interval = interval(List.of(1.0, 3.0, 5.0), List.of("a", "a", "b"));
    assertThat(interval.lower()).isLessThan(3);
    assertThat(interval.upper()).isGreaterThan(3);
  }

  @Test
  void equalValuesHaveAnIntervalOfNoWidth() {
    assertThat(interval(List.of(2.0, 2.0, 2.0), distinct(3))).isEqualTo(new Interval(2, 2));
  }

  @Test
  void needsTwoPicturesAndAPictureForEachValue() {
    assertThat(MeanInterval.of(List.of(), List.of())).isNull();
    assertThat(MeanInterval.of(List.of(1.0), List.of("a"))).isNull();
    assertThat(MeanInterval.of(List.of(1.0, 2.0, 6.0), List.of("a", "a", "a"))).isNull();
    assertThatThrownBy(() -> MeanInterval.of(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Interval interval(List<Double> values, List<?> pictures) {
    return Objects.requireNonNull(MeanInterval.of(values, pictures));
  }

  private static List<Integer> distinct(int n) {
    return IntStream.range(0, n).boxed().toList();
  }
}
