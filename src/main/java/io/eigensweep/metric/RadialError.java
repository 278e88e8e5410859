package io.eigensweep.metric;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The mean squared error of a picture by spatial frequency.
 *
 * <p>With E the discrete Fourier transform of the error e = output − reference of one channel,
 * Parseval's identity Σ|E|² = P·Σe² (P pixels) makes each coefficient's share |E|²/P² of the mean
 * squared error. Shares are summed over rings of equal width in the radius √(fx² + fy²), fx and fy
 * in cycles per pixel from −½ to ½; radii above ½, in the corners, belong to the last ring. So the
 * rings of all channels, divided by their number, add up to the mean squared error.
 *
 * <p>The transform is two products with matrices of cosines and sines, O(side³), since sides are
 * arbitrary and some hundred pixels; a picture with a longer side than {@value #MAX_SIDE} is judged
 * by its centre.
 *
 * @param frequencies the middle of each ring, in cycles per pixel
 * @param error its share of the mean squared error
 */
@SuppressWarnings("ArrayRecordComponent") // a result that is read, not compared
public record RadialError(double[] frequencies, double[] error) {
  /** Longest side that is transformed. */
  public static final int MAX_SIDE = 512;

  private static final int MAX_RINGS = 48;

  /**
   * The error of {@code output} against {@code reference}.
   *
   * @param reference index (row·width + column)·channels + channel
   * @param output index (row·width + column)·channels + channel
   */
  public static RadialError of(
      float[] reference, float[] output, int height, int width, int channels) {
    int h = Math.min(height, MAX_SIDE);
    int w = Math.min(width, MAX_SIDE);
    int top = (height - h) / 2;
    int left = (width - w) / 2;
    int rings = Math.max(1, Math.min(MAX_RINGS, Math.min(h, w) / 2));
    double[] error = new double[rings];
    DMatrixRMaj difference = new DMatrixRMaj(h, w);
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < h; row++) {
        for (int column = 0; column < w; column++) {
          int at = ((row + top) * width + column + left) * channels + c;
          difference.set(row, column, (double) output[at] - reference[at]);
        }
      }
      addPower(difference, error, 1.0 / channels / ((double) h * w * h * w));
    }
    double[] frequencies = new double[rings];
    Arrays.setAll(frequencies, ring -> (ring + 0.5) * 0.5 / rings);
    return new RadialError(frequencies, error);
  }

  /** With F = C − iS: F E Fᵀ = (C E C − S E S) − i (C E S + S E C), C and S symmetric. */
  private static void addPower(DMatrixRMaj e, double[] rings, double scale) {
    int h = e.numRows;
    int w = e.numCols;
    DMatrixRMaj cosE = product(waves(h, true), e);
    DMatrixRMaj sinE = product(waves(h, false), e);
    DMatrixRMaj cosines = waves(w, true);
    DMatrixRMaj sines = waves(w, false);
    DMatrixRMaj real = product(cosE, cosines);
    CommonOps_DDRM.multAdd(-1, sinE, sines, real);
    DMatrixRMaj imaginary = product(cosE, sines);
    CommonOps_DDRM.multAdd(sinE, cosines, imaginary);
    for (int row = 0; row < h; row++) {
      double fy = (double) Math.min(row, h - row) / h;
      for (int column = 0; column < w; column++) {
        double fx = (double) Math.min(column, w - column) / w;
        int ring = (int) (Math.hypot(fx, fy) * 2 * rings.length);
        double re = real.get(row, column);
        double im = imaginary.get(row, column);
        rings[Math.min(ring, rings.length - 1)] += scale * (re * re + im * im);
      }
    }
  }

  private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
    DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
    CommonOps_DDRM.mult(a, b, c);
    return c;
  }

  /** cos or sin of 2π·j·k/n. */
  private static DMatrixRMaj waves(int n, boolean cosine) {
    DMatrixRMaj waves = new DMatrixRMaj(n, n);
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        double angle = 2 * Math.PI * ((long) j * k % n) / n;
        waves.set(j, k, cosine ? StrictMath.cos(angle) : StrictMath.sin(angle));
      }
    }
    return waves;
  }
}
