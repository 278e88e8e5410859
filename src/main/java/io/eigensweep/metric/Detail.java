package io.eigensweep.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * How much of a picture's fine detail a reconstruction has, and how much of its error lies there.
 *
 * <p>With X the orthonormal DCT-II of one channel, Σ X² = Σ x² (Parseval), and coefficient (k, l)
 * of an h × w picture has the radial frequency √((k/2h)² + (l/2w)²) in cycles per pixel. Detail is
 * what lies at {@value #RADIUS} or above, half of Nyquist's ½. Energies are summed over channels
 * and leave out (0, 0), the mean. The cosines continue the picture by its mirror, so that its edges
 * are no jumps, as they would be to a Fourier transform.
 *
 * <p>An error without any structure (white) has a share of 1 − π/16 ≈ 0.80.
 *
 * @param pictureShare energy of the picture's detail over all its energy; null for a constant one
 * @param errorShare the same of output − picture; null when it is constant
 * @param kept energy of the output's detail over that of the picture's: 0 a blur without any, 1 as
 *     much as the picture has; null when the picture has none
 */
public record Detail(
    @Nullable Double pictureShare, @Nullable Double errorShare, @Nullable Double kept) {
  /** Radial frequency at which detail begins, in cycles per pixel. */
  public static final double RADIUS = 0.25;

  /** Longest side that is transformed; a longer one is judged by its middle. */
  public static final int MAX_SIDE = 512;

  /**
   * The detail of {@code output} against {@code reference}, both as they are, not clamped.
   *
   * @param reference index (row·width + column)·channels + channel
   * @param output the same layout
   */
  public static Detail of(float[] reference, float[] output, int height, int width, int channels) {
    Pictures.check("detail", reference, output, height, width, channels);
    int h = Math.min(height, MAX_SIDE);
    int w = Math.min(width, MAX_SIDE);
    DMatrixRMaj down = cosines(h);
    DMatrixRMaj across = cosines(w);
    Energy picture = new Energy();
    Energy error = new Energy();
    Energy made = new Energy();
    for (int c = 0; c < channels; c++) {
      DMatrixRMaj x = middle(reference, height, width, channels, c, h, w);
      DMatrixRMaj y = middle(output, height, width, channels, c, h, w);
      DMatrixRMaj coarseX = transform(down, x, across);
      DMatrixRMaj coarseY = transform(down, y, across);
      picture.add(x, coarseX);
      made.add(y, coarseY);
      CommonOps_DDRM.subtractEquals(y, x);
      CommonOps_DDRM.subtractEquals(coarseY, coarseX);
      error.add(y, coarseY);
    }
    return new Detail(
        picture.share(),
        error.share(),
        picture.detail() > 0 ? made.detail() / picture.detail() : null);
  }

  /** Energy of all coefficients but the mean's, and of those below the radius among them. */
  private static final class Energy {
    private double all;
    private double coarse;

    /**
     * Adds a channel.
     *
     * @param values h × w
     * @param transformed its coefficients of the lower half of the frequencies of each axis, (0, 0)
     *     first
     */
    void add(DMatrixRMaj values, DMatrixRMaj transformed) {
      double mean = CommonOps_DDRM.elementSum(values) / values.getNumElements();
      for (int i = 0; i < values.getNumElements(); i++) {
        double value = values.data[i] - mean;
        all += value * value;
      }
      for (int k = 0; k < transformed.numRows; k++) {
        double fy = k / (2.0 * values.numRows);
        for (int l = k == 0 ? 1 : 0; l < transformed.numCols; l++) {
          double fx = l / (2.0 * values.numCols);
          if (fx * fx + fy * fy < RADIUS * RADIUS) {
            double value = transformed.get(k, l);
            coarse += value * value;
          }
        }
      }
    }

    /** Energy at or above the radius; rounding may not make it negative. */
    double detail() {
      double detail = all - coarse;
      return detail > 1e-12 * all ? detail : 0;
    }

    @Nullable Double share() {
      return all > 0 ? detail() / all : null;
    }
  }

  private static DMatrixRMaj middle(
      float[] picture, int height, int width, int channels, int channel, int h, int w) {
    int top = (height - h) / 2;
    int left = (width - w) / 2;
    DMatrixRMaj values = new DMatrixRMaj(h, w);
    for (int row = 0; row < h; row++) {
      for (int column = 0; column < w; column++) {
        long at = ((long) (row + top) * width + column + left) * channels + channel;
        values.set(row, column, picture[(int) at]);
      }
    }
    return values;
  }

  /** down · x · acrossᵀ. */
  private static DMatrixRMaj transform(DMatrixRMaj down, DMatrixRMaj x, DMatrixRMaj across) {
    DMatrixRMaj half = new DMatrixRMaj(down.numRows, x.numCols);
    CommonOps_DDRM.mult(down, x, half);
    DMatrixRMaj transformed = new DMatrixRMaj(down.numRows, across.numRows);
    CommonOps_DDRM.multTransB(half, across, transformed);
    return transformed;
  }

  /** The orthonormal DCT-II of length n below frequency ¼: ⌈n/2⌉ × n, row k is frequency k/2n. */
  private static DMatrixRMaj cosines(int n) {
    double[] table = new double[4 * n];
    for (int i = 0; i < table.length; i++) {
      table[i] = StrictMath.cos(Math.PI * i / (2.0 * n));
    }
    DMatrixRMaj cosines = new DMatrixRMaj((n + 1) / 2, n);
    for (int k = 0; k < cosines.numRows; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / n);
      for (int j = 0; j < n; j++) {
        cosines.set(k, j, scale * table[(int) ((2L * j + 1) * k % (4L * n))]);
      }
    }
    return cosines;
  }
}
