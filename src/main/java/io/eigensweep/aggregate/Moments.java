package io.eigensweep.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mean, standard deviation and median of finite values.
 *
 * @param n how many values
 * @param mean null without values
 * @param sd standard deviation with n − 1, null for fewer than two values
 * @param median the middle value, or the mean of the two in the middle; null without values
 */
public record Moments(int n, @Nullable Double mean, @Nullable Double sd, @Nullable Double median) {
  static final Moments NONE = new Moments(0, null, null, null);

  /** The moments of {@code values}, in two passes. */
  public static Moments of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      return NONE;
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Moments(
        n, mean, n == 1 ? null : Math.sqrt(squares / (n - 1)), Quantiles.of(values).median());
  }
}
