package io.eigensweep.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The median of numbers of which some are known by bounds only.
 *
 * <p>The median never falls when a number rises. So it lies between the median of the lower and the
 * median of the upper bounds, and both bounds are attained. Where the two agree, which they do when
 * the unresolved numbers lie on one side of it, the median is determined in spite of them. For an
 * even count it is the mean of the two middle numbers.
 *
 * @param n how many numbers
 * @param unresolved how many of them are known by bounds only
 * @param value the median, null when it is not determined or {@code n} is 0
 * @param lower the lower bound of the median, null when there is none
 * @param upper the upper bound of the median, null when there is none
 */
public record Censored(
    int n, int unresolved, @Nullable Double value, @Nullable Double lower, @Nullable Double upper) {
  static final Censored NONE = new Censored(0, 0, null, null, null);

  /** The median of {@code numbers}. */
  public static Censored median(List<Interval> numbers) {
    if (numbers.isEmpty()) {
      return NONE;
    }
    double lower = middle(numbers.stream().mapToDouble(Interval::lower).sorted().toArray());
    double upper = middle(numbers.stream().mapToDouble(Interval::upper).sorted().toArray());
    return new Censored(
        numbers.size(),
        (int) numbers.stream().filter(number -> !number.isPoint()).count(),
        lower == upper ? finite(lower) : null,
        finite(lower),
        finite(upper));
  }

  /** This median with the bounds of {@code other}, which is the same of wider intervals. */
  Censored within(Censored other) {
    return new Censored(n, unresolved, value, other.lower, other.upper);
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
