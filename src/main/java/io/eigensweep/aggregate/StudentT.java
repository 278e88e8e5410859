package io.eigensweep.aggregate;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** Student's distribution of t. */
public final class StudentT {
  private StudentT() {}

  /**
   * The probability that |T| is above {@code t} ≥ 0 (Abramowitz and Stegun 26.7.1 and 26.5.27).
   *
   * @param degreesOfFreedom ν ≥ 1
   */
  public static double beyond(double t, int degreesOfFreedom) {
    double nu = degreesOfFreedom;
    // With t² alone the argument is 0 where t² overflows, as it should be.
    return RegularizedBeta.value(nu / (nu + t * t), nu / 2, 0.5);
  }

  /** The t that |T| is above with {@code probability}, between 0 and 1. */
  public static double quantile(double probability, int degreesOfFreedom) {
    double below = 0;
    double above = 64;
    while (beyond(above, degreesOfFreedom) > probability) {
      below = above;
      above *= 2;
    }
    while (true) {
      double t = (below + above) / 2;
      if (t <= below || t >= above) {
        return t;
      }
      if (beyond(t, degreesOfFreedom) > probability) {
        below = t;
      } else {
        above = t;
      }
    }
  }
}
