package io.eigensweep.certify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Bounds in few digits, which say no more than the bounds. */
public final class Digits {
  private Digits() {}

  /** {@code bound} in so many digits, no larger. */
  public static String atMost(double bound, int digits) {
    return text(bound, digits, RoundingMode.FLOOR);
  }

  /** {@code bound} in so many digits, no smaller. */
  public static String atLeast(double bound, int digits) {
    return text(bound, digits, RoundingMode.CEILING);
  }

  private static String text(double bound, int digits, RoundingMode direction) {
    if (bound == 0 || !Double.isFinite(bound)) {
      return bound == 0 ? "0" : String.valueOf(bound);
    }
    BigDecimal rounded = new BigDecimal(bound).round(new MathContext(digits, direction));
    return String.format(Locale.ROOT, "%." + (digits - 1) + "e", rounded);
  }
}
