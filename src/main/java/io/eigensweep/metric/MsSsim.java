package io.eigensweep.metric;

import java.util.Optional;

/**
 * Multi-scale structural similarity (Wang, Simoncelli, Bovik: Multiscale structural similarity for
 * image quality assessment, Asilomar 2003, eq. 7): per channel
 *
 * <pre>
 *   (mean l·cs)_M ^ w_M · Π_(j &lt; M) (mean cs)_j ^ w_j
 * </pre>
 *
 * then the mean over channels. Scale 1 is the picture; each next one is the mean of 2 × 2 pixels,
 * odd sides padded by their mirror. M is the most, up to 5, whose smaller side is at least 11
 * pixels: a side of 161 is the least with 5. With 5 scales the weights are the published ones,
 * whose sum is 1.0000 to four digits; with fewer the first M are divided by their sum.
 *
 * <p>A mean factor below 0 (a picture against its negative) has no real power: it is set to 0, and
 * the channel's value is then 0. So the result is in [0,1], and NaN only for NaN or infinite
 * values.
 */
public final class MsSsim {
  private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

  private MsSsim() {}

  /**
   * A similarity with the number of scales that it is made of.
   *
   * @param value in [0,1]; 1 means equal
   * @param scales 1 to 5; values of different numbers of scales can't be compared
   */
  public record Value(double value, int scales) {}

  /**
   * The similarity of two pictures with values in [0,1]; values outside are taken as they are.
   *
   * @param reference index (row·width + column)·channels + channel
   * @param output index (row·width + column)·channels + channel
   * @return empty when a side is under 11 pixels
   * @throws IllegalArgumentException when an array has not height·width·channels values
   */
  public static Optional<Value> of(
      float[] reference, float[] output, int height, int width, int channels) {
    Pictures.check("MS-SSIM", reference, output, height, width, channels);
    int scales = scales(Math.min(height, width));
    if (scales == 0) {
      return Optional.empty();
    }
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      Plane x = Plane.channel(reference, height, width, channels, channel);
      Plane y = Plane.channel(output, height, width, channels, channel);
      sum += ofChannel(x, y, scales);
    }
    return Optional.of(new Value(sum / channels, scales));
  }

  /** How many scales a smaller side of {@code side} pixels allows; 0 when it has no value. */
  public static int scales(int side) {
    int scales = 0;
    int rest = side;
    while (scales < WEIGHTS.length && rest >= StructuralSimilarity.WINDOW) {
      scales++;
      rest = (rest + 1) / 2;
    }
    return scales;
  }

  /** The value of one channel over {@code scales} scales. */
  static double ofChannel(Plane reference, Plane output, int scales) {
    double total = 1;
    if (scales < WEIGHTS.length) {
      total = 0;
      for (int scale = 0; scale < scales; scale++) {
        total += WEIGHTS[scale];
      }
    }
    Plane x = reference;
    Plane y = output;
    double product = 1;
    for (int scale = 0; scale < scales; scale++) {
      StructuralSimilarity factors = StructuralSimilarity.of(x, y);
      boolean coarsest = scale == scales - 1;
      double factor = coarsest ? factors.ssim() : factors.contrastStructure();
      product *= StrictMath.pow(Math.max(0, factor), WEIGHTS[scale] / total);
      if (!coarsest) {
        x = x.halved();
        y = y.halved();
      }
    }
    return product;
  }
}
