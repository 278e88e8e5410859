package io.eigensweep.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down procedure (Holm 1979) as intervals: the claims in ascending order of the least α
 * at which their interval decides them; the j-th of m, from 0, has α/(m − j), until one is not
 * decided at its level, which is that of all that follow.
 */
final class Holm {
  /** The probability that one verdict or more of a family is wrong, at most (see {@link Judge}). */
  static final double FAMILY_LEVEL = 0.05;

  private Holm() {}

  /** The level α of the interval of each of {@code p}, the least α at which it is decided. */
  static double[] levels(List<Double> p) {
    int m = p.size();
    List<Integer> order = new ArrayList<>(IntStream.range(0, m).boxed().toList());
    order.sort(Comparator.comparing(p::get));
    double[] levels = new double[m];
    int step = 0;
    for (int index : order) {
      levels[index] = FAMILY_LEVEL / (m - step);
      if (p.get(index) <= levels[index]) {
        step++;
      }
    }
    return levels;
  }
}
