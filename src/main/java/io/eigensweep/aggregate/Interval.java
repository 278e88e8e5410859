package io.eigensweep.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a number: that it lies in [lower, upper]; a known one is a point.
 *
 * @param lower may be −∞
 * @param upper may be +∞
 */
public record Interval(double lower, double upper) {

  /** A known number. */
  public static Interval point(double value) {
    return new Interval(value, value);
  }

  /**
   * An eigenvalue of a positive semidefinite matrix: {@code value} when it is resolved, else its
   * bounds; a missing lower bound is 0, a missing upper bound ∞. The bounds of a kernel that is
   * zero, 0 and 0, are no known number either: its row has none.
   */
  static Interval eigenvalue(
      @Nullable Double value, @Nullable Double lower, @Nullable Double upper) {
    if (value != null) {
      return point(value);
    }
    double low = lower == null ? 0 : lower;
    double high = upper == null ? Double.POSITIVE_INFINITY : upper;
    return new Interval(low, high > low ? high : Math.nextUp(low));
  }

  /** Whether the number is known. */
  public boolean isPoint() {
    return lower == upper;
  }

  /** What is known of log10(this / other) for non-negative numbers. */
  Interval ordersAbove(Interval other) {
    double low = Math.log10(lower) - Math.log10(other.upper);
    double high = Math.log10(upper) - Math.log10(other.lower);
    return new Interval(
        Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low,
        Double.isNaN(high) ? Double.POSITIVE_INFINITY : high);
  }
}
