package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import io.eigensweep.aggregate.StudentT;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * What pictures tell of all pictures like them: intervals of the mean or the median of a number of
 * which each picture may tell bounds only.
 *
 * <p><b>Bounds.</b> Mean and median never fall when a number rises. So a lower limit of those of
 * the lower bounds is one of those of the numbers, and the upper limit is that of the upper bounds;
 * each has half of the error. A picture without a lower bound (−∞) leaves the mean without one, and
 * the median if there are too many.
 *
 * <p><b>Mean.</b> Student's limit, which for normal values holds what it promises from two pictures
 * on. Values that are all alike are no sample of a normal distribution, and their limit of no width
 * would prove anything: they get the median's limit.
 *
 * <p><b>Median.</b> The order statistic whose rank a median exceeds often enough (the sign test's;
 * Thompson 1936): of any distribution, exact or too wide. With n pictures no limit is above the
 * least value, and even that is wrong with probability 2^−n; an α below 2^(1−n) has no interval.
 */
public final class Estimate {
  private static final double ALIKE = 1e-12;

  private final Statistic statistic;
  private final double[] lower;
  private final double[] minusUpper;

  /** That of {@code pictures}, of which there is at least one. */
  Estimate(Statistic statistic, List<Interval> pictures) {
    this.statistic = statistic;
    lower = pictures.stream().mapToDouble(Interval::lower).sorted().toArray();
    minusUpper = pictures.stream().mapToDouble(picture -> -picture.upper()).sorted().toArray();
  }

  /** How many pictures. */
  int pictures() {
    return lower.length;
  }

  /** The statistic of these very pictures, as far as it is known. */
  Interval value() {
    return new Interval(center(lower), 0 - center(minusUpper)); // −0 would be written
  }

  /** The interval that holds that of all pictures with probability 1 − {@code alpha} or more. */
  Interval interval(double alpha) {
    return new Interval(limit(lower, alpha / 2), 0 - limit(minusUpper, alpha / 2));
  }

  /**
   * The least one-sided error of a lower limit that is at least {@code bound}, or, {@code
   * strictly}, above it; 1 where there is none.
   */
  double above(double bound, boolean strictly) {
    return tail(lower, bound, strictly);
  }

  /** The same of an upper limit that is at most {@code bound}, or below it. */
  double below(double bound, boolean strictly) {
    return tail(minusUpper, -bound, strictly);
  }

  private double center(double[] sorted) {
    int half = sorted.length / 2;
    double center =
        statistic == Statistic.MEAN
            ? Arrays.stream(sorted).average().orElseThrow()
            : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return Double.isNaN(center) ? Double.NEGATIVE_INFINITY : center; // infinities have met
  }

  /** A lower limit of the statistic that is wrong with probability {@code error} or less. */
  private double limit(double[] sorted, double error) {
    int n = sorted.length;
    if (n < 2) {
      return Double.NEGATIVE_INFINITY;
    }
    if (isStudents(sorted)) {
      double mean = center(sorted);
      return mean - StudentT.quantile(2 * error, n - 1) * standardError(sorted, mean);
    }
    if (statistic == Statistic.MEAN && sorted[0] == Double.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    int rank = 0;
    while (rank < n && atMost(rank, n) <= error) {
      rank++;
    }
    return rank == 0 ? Double.NEGATIVE_INFINITY : sorted[rank - 1];
  }

  private double tail(double[] sorted, double bound, boolean strictly) {
    int n = sorted.length;
    if (n < 2) {
      return 1;
    }
    if (isStudents(sorted)) {
      double mean = center(sorted);
      double t = (mean - bound) / standardError(sorted, mean);
      double half = StudentT.beyond(Math.abs(t), n - 1) / 2;
      return t > 0 ? half : 1 - half;
    }
    if (statistic == Statistic.MEAN && sorted[0] == Double.NEGATIVE_INFINITY) {
      return 1;
    }
    int other = (int) Arrays.stream(sorted).filter(v -> strictly ? v <= bound : v < bound).count();
    return other == n ? 1 : atMost(other, n);
  }

  /** Whether values have a mean and a deviation that Student's limit can use. */
  private boolean isStudents(double[] sorted) {
    double least = sorted[0];
    double largest = sorted[sorted.length - 1];
    return statistic == Statistic.MEAN
        && Double.isFinite(least)
        && Double.isFinite(largest)
        && largest - least > ALIKE * Math.max(Math.abs(least), Math.abs(largest));
  }

  private static double standardError(double[] values, double mean) {
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /** The probability of at most {@code heads} heads in {@code n} throws. */
  private static double atMost(int heads, int n) {
    return heads >= n ? 1 : RegularizedBeta.value(0.5, n - heads, heads + 1);
  }
}
