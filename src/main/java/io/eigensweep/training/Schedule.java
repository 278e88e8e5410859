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

  /**
   * Σ η_t over the first {@code done} steps. For the cosine, with x = π/T, Σ cos(tx) over t below n
   * is sin(nx/2)·cos((n − 1)x/2)/sin(x/2).
   *
   * @param rate η
   * @param done n, at most T
   * @param steps T
   */
  double sum(double rate, long done, long steps) {
    if (this == CONSTANT || done == 0) {
      return rate * done;
    }
    double half = Math.PI / steps / 2;
    double cosines =
        StrictMath.sin(done * half) * StrictMath.cos((done - 1) * half) / StrictMath.sin(half);
    return rate / 2 * (done + cosines);
  }
}
