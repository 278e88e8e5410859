package io.eigensweep.metric;

import java.util.OptionalDouble;

/**
 * Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004): the mean over channels of the mean
 * over valid windows of l·cs, {@link StructuralSimilarity}. Values lie in [-1,1]; 1 means equal.
 */
public final class Ssim {
  private Ssim() {}

  /**
   * The similarity of two pictures with values in [0,1]; values outside are taken as they are.
   *
   * @param reference index (row·width + column)·channels + channel
   * @param output index (row·width + column)·channels + channel
   * @return empty when a side is under 11 pixels; NaN only for NaN or infinite values
   * @throws IllegalArgumentException when an array has not height·width·channels values
   */
  public static OptionalDouble of(
      float[] reference, float[] output, int height, int width, int channels) {
    Pictures.check("SSIM", reference, output, height, width, channels);
    if (Math.min(height, width) < StructuralSimilarity.WINDOW) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      Plane x = Plane.channel(reference, height, width, channels, channel);
      Plane y = Plane.channel(output, height, width, channels, channel);
      sum += StructuralSimilarity.of(x, y).ssim();
    }
    return OptionalDouble.of(sum / channels);
  }
}
