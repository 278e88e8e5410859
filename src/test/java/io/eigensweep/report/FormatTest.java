package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.aggregate.Censored;
import io.eigensweep.aggregate.Interval;
import io.eigensweep.aggregate.Moments;
import io.eigensweep.aggregate.PairedDifference;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void writesMeansWithTheirDeviation() {
    assertThat(Format.moments(Moments.of(List.of(30.0, 32.0)), 2)).isEqualTo("31.00 ± 1.41");
    assertThat(Format.moments(Moments.of(List.of(30.126)), 2)).isEqualTo("30.13");
    assertThat(Format.moments(Moments.of(List.of()), 2)).isNull();
    assertThat(Format.difference(new PairedDifference(Moments.of(List.of(1.0)), null, null), 2))
        .isEqualTo("+1.00");
    assertThat(
            Format.difference(new PairedDifference(Moments.of(List.of(-1.0, 2.0)), -1.0, 2.0), 1))
        .isEqualTo("+0.5 ± 2.1 [-1.0, +2.0]");
    assertThat(Format.meanDifference(Moments.of(List.of(-1.0)), 2)).isEqualTo("-1.00");
    assertThat(Format.meanDifference(Moments.of(List.of(-0.001)), 2)).isEqualTo("+0.00");
  }

  @Test
  void writesEigenvaluesWithTwoDigitsAndBoundsThatStayTrue() {
    assertThat(Format.eigenvalue(median(Interval.point(0.1449)))).isEqualTo("1.4e-1");
    assertThat(Format.eigenvalue(median(Interval.point(9.96)))).isEqualTo("1.0e1");
    assertThat(Format.eigenvalue(median(Interval.point(0)))).isEqualTo("0");
    assertThat(Format.eigenvalue(median(new Interval(0, 3.01e-29)))).isEqualTo("< 3.1e-29");
    assertThat(Format.eigenvalue(median(new Interval(0, 3e-29)))).isEqualTo("< 3.0e-29");
    assertThat(Format.eigenvalue(median(new Interval(1.09e-9, 4.01e-9))))
        .isEqualTo("1.0e-9 … 4.1e-9");
    assertThat(Format.eigenvalue(median(new Interval(1.09e-9, INFINITY)))).isEqualTo("> 1.0e-9");
    assertThat(Format.eigenvalue(median(new Interval(0, INFINITY)))).isNull();
  }

  @Test
  void writesOrdersOfMagnitudeAndTheirBounds() {
    assertThat(Format.orders(median(Interval.point(8.24)))).isEqualTo("+8.2");
    assertThat(Format.orders(median(Interval.point(-2.0)))).isEqualTo("-2.0");
    assertThat(Format.orders(median(new Interval(9.49, INFINITY)))).isEqualTo("> 9.4");
    assertThat(Format.orders(median(new Interval(-INFINITY, -13.01)))).isEqualTo("< -13.0");
    assertThat(Format.orders(median(new Interval(-0.55, 2.41)))).isEqualTo("-0.6 … 2.5");
    assertThat(Format.orders(median(new Interval(-INFINITY, INFINITY)))).isNull();
  }

  @Test
  void writesEveryDigitForMachines() {
    assertThat(Format.exact(0.1)).isEqualTo("0.1");
    assertThat(Format.exact(100.0)).isEqualTo("100");
    assertThat(Format.exact(true)).isEqualTo("true");
    assertThat(Format.exact(Double.NaN)).isNull();
    assertThat(Format.exact(null)).isNull();
    assertThat(Format.count(1_234_567L)).isEqualTo("1,234,567");
  }

  private static Censored median(Interval number) {
    return Censored.median(List.of(number));
  }
}
