package io.eigensweep.metric;

import java.util.OptionalDouble;

/**
 * High-frequency error norm (Ravishankar, Bresler: MR image reconstruction from highly undersampled
 * k-space data by dictionary learning, IEEE Transactions on Medical Imaging 30, 2011):
 *
 * <pre>
 *   ‖LoG(output) − LoG(reference)‖₂ / ‖LoG(reference)‖₂
 * </pre>
 *
 * over all pixels and channels. LoG is the Laplacian of a Gaussian of σ = {@value #SIGMA} pixels in
 * a kernel of 15 × 15, each axis' second derivative smoothed along the other; beyond its edges the
 * picture is mirrored, the edge pixel repeated. 0 means equal; an output that is constant has
 * nearly 1.
 */
public final class Hfen {
  private static final double SIGMA = 1.5;
  private static final int RADIUS = 7;
  private static final double[] SMOOTH = smooth();
  private static final double[] CURVATURE = curvature();

  private Hfen() {}

  /**
   * The norm of {@code output}'s error against {@code reference}.
   *
   * @param reference index (row·width + column)·channels + channel
   * @param output index (row·width + column)·channels + channel
   * @return empty when the reference is constant; NaN only for NaN or infinite values
   * @throws IllegalArgumentException when an array has not height·width·channels values
   */
  public static OptionalDouble of(
      float[] reference, float[] output, int height, int width, int channels) {
    Pictures.check("HFEN", reference, output, height, width, channels);
    double errors = 0;
    double references = 0;
    for (int channel = 0; channel < channels; channel++) {
      Plane plane = Plane.channel(reference, height, width, channels, channel);
      Plane other = Plane.channel(output, height, width, channels, channel);
      errors += energy(difference(other, plane));
      references += isConstant(plane) ? 0 : energy(plane);
    }
    return references == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(errors / references));
  }

  /** Of which the kernel, cut off as it is, leaves a trace that is no frequency of the picture. */
  private static boolean isConstant(Plane plane) {
    for (double value : plane.values()) {
      if (value != plane.values()[0]) {
        return false;
      }
    }
    return true;
  }

  private static Plane difference(Plane a, Plane b) {
    double[] values = new double[a.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = a.values()[i] - b.values()[i];
    }
    return new Plane(a.height(), a.width(), values);
  }

  /** Sum of squares of the Laplacian of the smoothed plane. */
  private static double energy(Plane plane) {
    int height = plane.height();
    int width = plane.width();
    double[] alongRows = filtered(plane.values(), height, width, CURVATURE, SMOOTH);
    double[] alongColumns = filtered(plane.values(), height, width, SMOOTH, CURVATURE);
    double sum = 0;
    for (int i = 0; i < alongRows.length; i++) {
      double laplacian = alongRows[i] + alongColumns[i];
      sum += laplacian * laplacian;
    }
    return sum;
  }

  /** Convolves each row with {@code across} and each column with {@code down}. */
  private static double[] filtered(
      double[] values, int height, int width, double[] across, double[] down) {
    double[] rows = new double[values.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double sum = 0;
        for (int k = -RADIUS; k <= RADIUS; k++) {
          sum += across[k + RADIUS] * values[row * width + mirrored(column + k, width)];
        }
        rows[row * width + column] = sum;
      }
    }
    double[] out = new double[values.length];
    for (int row = 0; row < height; row++) {
      for (int k = -RADIUS; k <= RADIUS; k++) {
        int from = mirrored(row + k, height) * width;
        for (int column = 0; column < width; column++) {
          out[row * width + column] += down[k + RADIUS] * rows[from + column];
        }
      }
    }
    return out;
  }

  /** The index that stands for {@code i} beyond the edges: … 1 0 | 0 1 … n−1 | n−1 n−2 … */
  private static int mirrored(int i, int length) {
    int folded = Math.floorMod(i, 2 * length);
    return Math.min(folded, 2 * length - 1 - folded);
  }

  private static double[] smooth() {
    double[] kernel = new double[2 * RADIUS + 1];
    double sum = 0;
    for (int k = -RADIUS; k <= RADIUS; k++) {
      kernel[k + RADIUS] = StrictMath.exp(-k * k / (2 * SIGMA * SIGMA));
      sum += kernel[k + RADIUS];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  /** The second derivative of the Gaussian, sampled. */
  private static double[] curvature() {
    double[] kernel = new double[2 * RADIUS + 1];
    double variance = SIGMA * SIGMA;
    for (int k = -RADIUS; k <= RADIUS; k++) {
      kernel[k + RADIUS] = (k * k / variance - 1) / variance * SMOOTH[k + RADIUS];
    }
    return kernel;
  }
}
