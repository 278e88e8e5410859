package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import java.util.Arrays;
import java.util.List;

/** Kendall's τ (Kendall 1938, without a correction for ties) of numbers that bounds tell of. */
final class Kendall {
  private Kendall() {}

  /**
   * The mean over pairs of the sign of the product of their differences, as far as it is known: a
   * pair whose bounds overlap may have either order.
   */
  static Interval tau(List<Interval> xs, List<Interval> ys) {
    double low = 0;
    double high = 0;
    int pairs = 0;
    for (int i = 0; i < xs.size(); i++) {
      for (int j = 0; j < i; j++) {
        Interval x = sign(xs.get(i), xs.get(j));
        Interval y = sign(ys.get(i), ys.get(j));
        double[] products = {
          x.lower() * y.lower(), x.lower() * y.upper(), x.upper() * y.lower(), x.upper() * y.upper()
        };
        low += Arrays.stream(products).min().orElseThrow();
        high += Arrays.stream(products).max().orElseThrow();
        pairs++;
      }
    }
    return new Interval(low / pairs, high / pairs);
  }

  private static Interval sign(Interval a, Interval b) {
    if (a.isPoint() && b.isPoint()) {
      return Interval.point(a.lower() > b.lower() ? 1 : a.lower() < b.lower() ? -1 : 0);
    }
    if (a.lower() > b.upper()) {
      return Interval.point(1);
    }
    return a.upper() < b.lower() ? Interval.point(-1) : new Interval(-1, 1);
  }
}
