package io.eigensweep.aggregate;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The middle of finite numbers and the range of their inner four fifths.
 *
 * @param n how many numbers
 * @param low the 10 % quantile, null without numbers
 * @param median the 50 % quantile
 * @param high the 90 % quantile
 */
public record Quantiles(
    int n, @Nullable Double low, @Nullable Double median, @Nullable Double high) {
  /** Level of {@code low}. */
  public static final double LOW = 0.1;

  /** Level of {@code median}. */
  public static final double MEDIAN = 0.5;

  /** Level of {@code high}. */
  public static final double HIGH = 0.9;

  /**
   * The quantiles of {@code numbers}. Between two order statistics they are interpolated linearly:
   * level p of n ascending numbers lies at position p·(n − 1) from 0, as in Spark's {@code
   * percentile} (Hyndman and Fan 1996, definition 7).
   */
  public static Quantiles of(Collection<Double> numbers) {
    if (numbers.isEmpty()) {
      return new Quantiles(0, null, null, null);
    }
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Quantiles(sorted.length, at(sorted, LOW), at(sorted, MEDIAN), at(sorted, HIGH));
  }

  /** The quantile at {@code level} of ascending numbers, of which there is at least one. */
  static double at(double[] sorted, double level) {
    double position = level * (sorted.length - 1);
    int below = (int) position;
    double rest = position - below;
    return rest == 0 ? sorted[below] : (1 - rest) * sorted[below] + rest * sorted[below + 1];
  }
}
