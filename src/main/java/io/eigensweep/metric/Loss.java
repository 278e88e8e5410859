package io.eigensweep.metric;

/** What training lowers: the mean over samples and channels of a value of output f and target y. */
public enum Loss {
  /** (f − y)². */
  MSE,
  /**
   * Binary cross-entropy of a logit f against an occupancy y in [0,1]: log(1 + e^f) − y·f,
   * evaluated as max(f, 0) − y·f + log(1 + e^−|f|); its slope is σ(f) − y with σ(f) = 1/(1 + e^−f).
   */
  BCE;

  /** The value for one output. */
  public double value(double f, double y) {
    return switch (this) {
      case MSE -> (f - y) * (f - y);
      case BCE -> Math.max(f, 0) - y * f + StrictMath.log1p(StrictMath.exp(-Math.abs(f)));
    };
  }

  /** Its derivative by f. */
  public double slope(double f, double y) {
    return switch (this) {
      case MSE -> 2 * (f - y);
      case BCE -> prediction(f) - y;
    };
  }

  /** The target that the output f stands for: f itself, or σ(f). */
  public double prediction(double f) {
    return switch (this) {
      case MSE -> f;
      case BCE -> 1 / (1 + StrictMath.exp(-f));
    };
  }
}
