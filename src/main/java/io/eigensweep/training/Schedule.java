package io.eigensweep.training;

/** How the learning rate changes over the steps of a training. */
public enum Schedule {
  /** η throughout. */
  CONSTANT,

  /** η_t = η/2·(1 + cos(πt/T)) at step t of T, from 0 (Loshchilov and Hutter 2017, no restarts). */
  COSINE;

  /**
   * η_t. {@code StrictMath} gives the same bits on every JVM.
   *
   * @param rate η
   * @param step t, completed steps
   * @param steps T
   */
  double rate(double rate, long step, long steps) {
    return switch (this) {
      case CONSTANT -> rate;
      case COSINE -> rate / 2 * (1 + StrictMath.cos(Math.PI * Math.min(step, steps) / steps));
    };
  }
}
