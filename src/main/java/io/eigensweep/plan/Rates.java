package io.eigensweep.plan;

/**
 * How fast one core does the parts of a trial. The nominal values are what one core of a Zen 4 with
 * AVX-512 reached on a machine with nothing else to do; a calibration on the machine at hand
 * replaces them.
 *
 * @param sgemm float32 matrix product at its best, FLOP/s
 * @param dgemm float64 matrix product at its best, FLOP/s
 * @param eigen symmetric eigenvalues, 4/3·n³ operations counted, FLOP/s
 * @param touch grid values gathered or scattered per second
 * @param scalar elementwise arithmetic outside matrix products, FLOP/s
 */
public record Rates(double sgemm, double dgemm, double eigen, double touch, double scalar) {

  /**
   * OpenBLAS: measured 103 and 34 GFLOP/s; dsyevd 0.076 s at n = 1024 and 6 s at n = 4096, 19 and
   * 15 GFLOP/s; about 500 million grid values/s at R = 200.
   */
  public static final Rates NATIVE = new Rates(100e9, 32e9, 15e9, 400e6, 1e9);

  /** netlib's VectorBLAS: measured 35–47 GFLOP/s; EJML's eigenvalues 0.8 s at n = 1024. */
  public static final Rates JAVA = new Rates(35e9, 10e9, 1.8e9, 400e6, 1e9);

  /**
   * The widths and shares of {@link #sgemm} that whole training steps of the identity encoding
   * reached at a batch of 1024 and two hidden layers; both ends are extrapolated.
   */
  private static final double[][] SHARE = {
    {16, 0.25}, {32, 0.48}, {64, 0.68}, {128, 0.82}, {256, 0.88}, {512, 0.92}, {1024, 0.88}
  };

  public Rates {
    if (!(sgemm > 0 && dgemm > 0 && eigen > 0 && touch > 0 && scalar > 0)) {
      throw new IllegalArgumentException("rates must be positive");
    }
  }

  /** The share of {@link #sgemm} that training reaches at {@code width}, linear in log(width). */
  public double share(int width) {
    if (width <= SHARE[0][0]) {
      return SHARE[0][1] * width / SHARE[0][0];
    }
    for (int i = 1; i < SHARE.length; i++) {
      if (width <= SHARE[i][0]) {
        double t = Math.log(width / SHARE[i - 1][0]) / Math.log(SHARE[i][0] / SHARE[i - 1][0]);
        return SHARE[i - 1][1] + t * (SHARE[i][1] - SHARE[i - 1][1]);
      }
    }
    return SHARE[SHARE.length - 1][1];
  }
}
