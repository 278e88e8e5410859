package io.eigensweep.network;

/**
 * How the pre-activation z_l = s_l W_l a_(l−1) + t_l b_l is scaled and W, b are initialised. Bias
 * factors t_l are part of the kernel.
 */
public enum Parameterization {
  /** The paper's: s_l = t_l = 1/√width in every layer, W, b ~ N(0, 1). */
  WIDTH,
  /** Jacot et al. 2018, neural-tangents' default: s_l = 1/√fan-in, t_l = 1, W, b ~ N(0, 1). */
  FAN_IN,
  /** s = t = 1, W ~ N(0, 1/fan-in), b = 0. */
  STANDARD;

  /** The weight factor s_l of a layer with {@code fanIn} inputs in a network of {@code width}. */
  public double weightScale(int fanIn, int width) {
    return switch (this) {
      case WIDTH -> 1 / Math.sqrt(width);
      case FAN_IN -> 1 / Math.sqrt(fanIn);
      case STANDARD -> 1;
    };
  }

  /** The bias factor t_l in a network of {@code width}. */
  public double biasScale(int width) {
    return this == WIDTH ? 1 / Math.sqrt(width) : 1;
  }
}
