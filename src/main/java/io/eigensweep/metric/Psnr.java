package io.eigensweep.metric;

/**
 * Peak signal-to-noise ratio of pictures in [0,1]: 10·log10(1/MSE), with the mean square error over
 * all pixels and channels and the output clamped to [0,1], as a display would.
 */
public final class Psnr {
  private Psnr() {}

  /**
   * The ratio in decibels.
   *
   * @param reference the true values in [0,1]
   * @param output the values to be judged, of the same length and order
   * @return decibels; positive infinity when the pictures are equal, NaN when an output is NaN
   * @throws IllegalArgumentException when the lengths differ or are 0
   */
  public static double decibels(float[] reference, float[] output) {
    return decibels(reference, output, 0, 1);
  }

  /**
   * The PSNR of values in [low, high]: the output clamped to that range, the peak its length.
   *
   * @throws IllegalArgumentException when the lengths differ or are 0
   */
  public static double decibels(float[] reference, float[] output, double low, double high) {
    if (reference.length != output.length || reference.length == 0) {
      throw new IllegalArgumentException(
          "PSNR needs two pictures of one length above 0, got "
              + reference.length
              + " and "
              + output.length);
    }
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double difference = Math.max(low, Math.min(high, (double) output[i])) - reference[i];
      sum += difference * difference;
    }
    double meanSquare = sum / reference.length / ((high - low) * (high - low));
    return meanSquare == 0 ? Double.POSITIVE_INFINITY : -10 * StrictMath.log10(meanSquare);
  }
}
