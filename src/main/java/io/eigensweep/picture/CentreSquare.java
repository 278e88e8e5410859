package io.eigensweep.picture;

import java.util.Arrays;

/**
 * Crops the centre square of a picture and resamples it by area averaging.
 *
 * <p>With s the square's side and n the wanted one, output pixel i covers [i·s/n, (i+1)·s/n) of the
 * square on each axis; its value is the mean of the picture, taken as constant on each stored
 * pixel, over that rectangle. In units of 1/n of a stored pixel every overlap is a whole number, so
 * the weights are exact; sums are in double precision. The same rule enlarges. An odd rest of the
 * crop stays at the right or the bottom.
 */
public final class CentreSquare {
  private static final int CHANNELS = 3;

  private CentreSquare() {}

  /** The centre square of {@code picture} as {@code size} × {@code size} pixels. */
  public static Image resample(StoredPicture picture, int size) {
    int side = Math.min(picture.width(), picture.height());
    int left = (picture.width() - side) / 2;
    int top = (picture.height() - side) / 2;
    double[] stored = new double[CHANNELS * picture.width()];
    double[] sums = new double[CHANNELS * side];
    float[] values = new float[Math.toIntExact((long) CHANNELS * size * size)];
    int storedRow = -1;
    for (int i = 0; i < size; i++) {
      Arrays.fill(sums, 0);
      for (long j = (long) i * side / size; j * size < (long) (i + 1) * side; j++) {
        if (storedRow != j) {
          storedRow = (int) j;
          picture.row(top + storedRow, stored);
        }
        long weight = overlap(j, i, side, size);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += weight * stored[CHANNELS * left + k];
        }
      }
      averageRow(sums, side, size, values, CHANNELS * i * size);
    }
    return new Image(size, size, CHANNELS, values);
  }

  private static void averageRow(double[] sums, int side, int size, float[] values, int offset) {
    double area = (double) ((long) side * side);
    for (int i = 0; i < size; i++) {
      double red = 0;
      double green = 0;
      double blue = 0;
      for (long j = (long) i * side / size; j * size < (long) (i + 1) * side; j++) {
        long weight = overlap(j, i, side, size);
        int at = CHANNELS * (int) j;
        red += weight * sums[at];
        green += weight * sums[at + 1];
        blue += weight * sums[at + 2];
      }
      int at = offset + CHANNELS * i;
      values[at] = (float) (red / area);
      values[at + 1] = (float) (green / area);
      values[at + 2] = (float) (blue / area);
    }
  }

  /** The length that stored pixel j shares with output pixel i, in units of 1/size. */
  private static long overlap(long j, long i, long side, long size) {
    return Math.min((j + 1) * size, (i + 1) * side) - Math.max(j * size, i * side);
  }
}
