package io.eigensweep.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/** Energy of all DCT coefficients but the mean's, and of those below the radius among them. */
final class DetailEnergy {
  private double all;
  private double coarse;

  /**
   * Adds a channel.
   *
   * @param values h × w
   * @param transformed its coefficients of the lower half of the frequencies of each axis, (0, 0)
   *     first
   */
  private void add(DMatrixRMaj values, DMatrixRMaj transformed) {
    double mean = CommonOps_DDRM.elementSum(values) / values.getNumElements();
    for (int i = 0; i < values.getNumElements(); i++) {
      double value = values.data[i] - mean;
      all += value * value;
    }
    for (int k = 0; k < transformed.numRows; k++) {
      double fy = k / (2.0 * values.numRows);
      for (int l = k == 0 ? 1 : 0; l < transformed.numCols; l++) {
        double fx = l / (2.0 * values.numCols);
        if (fx * fx + fy * fy < Detail.RADIUS * Detail.RADIUS) {
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

  /** Adds channel {@code channel} of the picture, of the output and of their difference. */
  static void add(
      float[] reference,
      float[] output,
      int height,
      int width,
      int channels,
      int channel,
      DetailEnergy picture,
      DetailEnergy made,
      DetailEnergy error) {
    DMatrixRMaj x = middle(reference, height, width, channels, channel);
    DMatrixRMaj y = middle(output, height, width, channels, channel);
    DMatrixRMaj down = cosines(x.numRows);
    DMatrixRMaj across = cosines(x.numCols);
    DMatrixRMaj coarseX = transform(down, x, across);
    DMatrixRMaj coarseY = transform(down, y, across);
    picture.add(x, coarseX);
    made.add(y, coarseY);
    CommonOps_DDRM.subtractEquals(y, x);
    CommonOps_DDRM.subtractEquals(coarseY, coarseX);
    error.add(y, coarseY);
  }

  private static DMatrixRMaj middle(
      float[] picture, int height, int width, int channels, int channel) {
    int h = Math.min(height, Detail.MAX_SIDE);
    int w = Math.min(width, Detail.MAX_SIDE);
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
