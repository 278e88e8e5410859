package io.eigensweep.metric;

/** One channel of a picture: height·width values by rows, not copied. */
final class Plane {
  private final int height;
  private final int width;
  private final double[] values;

  Plane(int height, int width, double[] values) {
    this.height = height;
    this.width = width;
    this.values = values;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  double[] values() {
    return values;
  }

  /** Channel {@code channel} of a picture with index (row·width + column)·channels + channel. */
  static Plane channel(float[] picture, int height, int width, int channels, int channel) {
    double[] values = new double[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = picture[i * channels + channel];
    }
    return new Plane(height, width, values);
  }

  /**
   * Means of 2 × 2 pixels. An odd side is first padded by its mirror, so that its last row or
   * column stands for itself: it counts twice and the mean is of its own values.
   */
  Plane halved() {
    int outHeight = (height + 1) / 2;
    int outWidth = (width + 1) / 2;
    double[] out = new double[outHeight * outWidth];
    for (int row = 0; row < outHeight; row++) {
      int upper = 2 * row * width;
      int lower = Math.min(2 * row + 1, height - 1) * width;
      for (int column = 0; column < outWidth; column++) {
        int left = 2 * column;
        int right = Math.min(left + 1, width - 1);
        out[row * outWidth + column] =
            (values[upper + left]
                    + values[upper + right]
                    + values[lower + left]
                    + values[lower + right])
                / 4;
      }
    }
    return new Plane(outHeight, outWidth, out);
  }
}
