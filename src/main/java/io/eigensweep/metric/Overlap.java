package io.eigensweep.metric;

import java.util.OptionalDouble;

/**
 * Intersection over union of two solids from the same sample points: |A ∩ B| / |A ∪ B| counted in
 * points.
 */
public final class Overlap {
  private Overlap() {}

  /**
   * The ratio, from 0 to 1.
   *
   * @param reference which points lie in the true solid
   * @param output which lie in the one to be judged
   * @return empty when neither has a point
   * @throws IllegalArgumentException when the lengths differ
   */
  public static OptionalDouble of(boolean[] reference, boolean[] output) {
    if (reference.length != output.length) {
      throw new IllegalArgumentException(
          "IoU needs the same points twice, got " + reference.length + " and " + output.length);
    }
    long both = 0;
    long either = 0;
    for (int i = 0; i < reference.length; i++) {
      both += reference[i] && output[i] ? 1 : 0;
      either += reference[i] || output[i] ? 1 : 0;
    }
    return either == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) both / either);
  }
}
