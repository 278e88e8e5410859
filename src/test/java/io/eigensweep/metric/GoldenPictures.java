package io.eigensweep.metric;

/** The pictures of golden/image-metrics.json, by its formulas. */
final class GoldenPictures {
  private final int height;
  private final int width;
  private final int channels;

  GoldenPictures(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /** The file's {@code first}. */
  double[] first() {
    return picture(0);
  }

  /** The file's {@code second}. */
  double[] second(double amplitude) {
    return picture(amplitude);
  }

  private double[] picture(double amplitude) {
    double[] values = new double[height * width * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double wave = 0.25 * Math.sin(2 * Math.PI * (3 * x + 5 * y) / width + c);
          double noise = ((37 * x + 57 * y + 91 * c + (x * y % 13)) % 101) / 101.0 - 0.5;
          double change = amplitude * Math.sin(0.9 * x + 0.37 * y + c) * (((x + 2 * y) % 7) / 7.0);
          double value = 0.5 + wave + 0.2 * noise + change;
          values[(y * width + x) * channels + c] = Math.max(0, Math.min(1, value));
        }
      }
    }
    return values;
  }
}
