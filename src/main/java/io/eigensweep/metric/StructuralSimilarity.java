package io.eigensweep.metric;

/**
 * The two factors of structural similarity on one channel at one scale, averaged over the valid
 * windows (Wang, Bovik, Sheikh, Simoncelli: Image quality assessment, IEEE TIP 13(4), 2004, eqs. 6,
 * 9, 13).
 *
 * <p>With local means μ, variances σ² and covariance σ_xy under an 11 × 11 Gaussian window of
 * standard deviation 1.5 and sum 1, and C1 = 0.01², C2 = 0.03² for a peak of 1:
 *
 * <pre>
 *   l  = (2 μ_x μ_y + C1) / (μ_x² + μ_y² + C1)
 *   cs = (2 σ_xy + C2) / (σ_x² + σ_y² + C2)
 * </pre>
 *
 * The window is separable, so each moment takes two passes of 11 products a pixel.
 *
 * @param ssim mean of l·cs
 * @param contrastStructure mean of cs
 */
record StructuralSimilarity(double ssim, double contrastStructure) {
  /** Side of the window in pixels; a smaller picture has no valid window. */
  static final int WINDOW = 11;

  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  /** The factors of two planes of at least 11 × 11 pixels. */
  static StructuralSimilarity of(Plane x, Plane y) {
    double[] window = window();
    Plane meanX = filter(x, window);
    Plane meanY = filter(y, window);
    Plane squareX = filter(product(x, x), window);
    Plane squareY = filter(product(y, y), window);
    Plane cross = filter(product(x, y), window);
    double ssim = 0;
    double contrastStructure = 0;
    int count = meanX.values().length;
    for (int i = 0; i < count; i++) {
      double mx = meanX.values()[i];
      double my = meanY.values()[i];
      double varianceX = squareX.values()[i] - mx * mx;
      double varianceY = squareY.values()[i] - my * my;
      double covariance = cross.values()[i] - mx * my;
      double cs = (2 * covariance + C2) / (varianceX + varianceY + C2);
      double luminance = (2 * mx * my + C1) / (mx * mx + my * my + C1);
      ssim += luminance * cs;
      contrastStructure += cs;
    }
    return new StructuralSimilarity(ssim / count, contrastStructure / count);
  }

  private static double[] window() {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      double distance = i - (WINDOW - 1) / 2.0;
      weights[i] = StrictMath.exp(-distance * distance / (2 * SIGMA * SIGMA));
      sum += weights[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static Plane product(Plane x, Plane y) {
    double[] values = new double[x.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.values()[i] * y.values()[i];
    }
    return new Plane(x.height(), x.width(), values);
  }

  /** The weighted means over all windows that lie inside; each side shrinks by 10. */
  private static Plane filter(Plane plane, double[] window) {
    int height = plane.height();
    int width = plane.width();
    int outHeight = height - WINDOW + 1;
    int outWidth = width - WINDOW + 1;
    double[] rows = new double[Math.multiplyExact(height, outWidth)];
    for (int row = 0; row < height; row++) {
      for (int k = 0; k < WINDOW; k++) {
        add(plane.values(), row * width + k, window[k], rows, row * outWidth, outWidth);
      }
    }
    double[] values = new double[outHeight * outWidth];
    for (int row = 0; row < outHeight; row++) {
      for (int k = 0; k < WINDOW; k++) {
        add(rows, (row + k) * outWidth, window[k], values, row * outWidth, outWidth);
      }
    }
    return new Plane(outHeight, outWidth, values);
  }

  /** target += weight·source over {@code length} entries. */
  private static void add(
      double[] source, int from, double weight, double[] target, int to, int length) {
    for (int i = 0; i < length; i++) {
      target[to + i] += weight * source[from + i];
    }
  }
}
