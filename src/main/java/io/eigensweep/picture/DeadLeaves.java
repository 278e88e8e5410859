package io.eigensweep.picture;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Dead leaves: discs of one colour that fall on each other, with radii of density r^-3 between a
 * smallest and a largest one. The model has the edges, the occlusion and, being scale-invariant
 * between those radii, the 1/f amplitude spectrum of photographs (Matheron 1968; Lee, Mumford,
 * Huang: Occlusion models for natural images, IJCV 41, 2001).
 *
 * <p>Leaves are drawn from the uppermost down, each point keeping the first that covers it. Each
 * pixel is the mean of 3 × 3 points.
 */
final class DeadLeaves {
  private static final double SMALLEST = 1.0 / 128;
  private static final double LARGEST = 0.4;

  /** Enough that a point stays bare with probability e^-14; such a point is mid-gray. */
  private static final int LEAVES = 30_000;

  private static final int POINTS = 3;

  /** Rows of pixels drawn at a time, to bound memory. */
  private static final int BAND = 64;

  private DeadLeaves() {}

  static float[] draw(int size, UniformRandomProvider random) {
    Leaves leaves = new Leaves(random);
    float[] values = GeneratedPicture.values(size);
    int columns = POINTS * size;
    int[] owner = new int[Math.multiplyExact(columns, POINTS * Math.min(BAND, size))];
    for (int top = 0; top < size; top += BAND) {
      int rows = Math.min(BAND, size - top);
      Arrays.fill(owner, -1);
      leaves.cover(owner, columns, POINTS * top, POINTS * rows);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < size; column++) {
          leaves.average(owner, columns, row, column, values, 3 * ((top + row) * size + column));
        }
      }
    }
    return values;
  }

  /** The leaves from the uppermost down; lengths in units of the picture's side. */
  private static final class Leaves {
    private final double[] x = new double[LEAVES];
    private final double[] y = new double[LEAVES];
    private final double[] radius = new double[LEAVES];
    private final float[] colours = new float[3 * LEAVES];

    Leaves(UniformRandomProvider random) {
      double ratio = (SMALLEST / LARGEST) * (SMALLEST / LARGEST);
      for (int i = 0; i < LEAVES; i++) {
        radius[i] = SMALLEST / Math.sqrt(1 - random.nextDouble() * (1 - ratio));
        // Centres fall as far outside as the largest leaf reaches, so that the border is no place
        // of its own.
        x[i] = -LARGEST + (1 + 2 * LARGEST) * random.nextDouble();
        y[i] = -LARGEST + (1 + 2 * LARGEST) * random.nextDouble();
        double gray = random.nextDouble();
        for (int channel = 0; channel < 3; channel++) {
          double colour = gray + 0.35 * (random.nextDouble() - 0.5);
          colours[3 * i + channel] = (float) Math.max(0, Math.min(1, colour));
        }
      }
    }

    /** Gives each bare point of the rows from {@code first} on to the uppermost leaf over it. */
    void cover(int[] owner, int columns, int first, int rows) {
      for (int i = 0; i < x.length; i++) {
        double centreX = x[i] * columns - 0.5;
        double centreY = y[i] * columns - 0.5;
        double reach = radius[i] * columns;
        int from = Math.max(first, (int) Math.ceil(centreY - reach));
        int to = Math.min(first + rows - 1, (int) Math.floor(centreY + reach));
        for (int row = from; row <= to; row++) {
          double dy = row - centreY;
          double half = Math.sqrt(Math.max(0, reach * reach - dy * dy));
          int left = Math.max(0, (int) Math.ceil(centreX - half));
          int right = Math.min(columns - 1, (int) Math.floor(centreX + half));
          int offset = (row - first) * columns;
          for (int at = offset + left; at <= offset + right; at++) {
            if (owner[at] < 0) {
              owner[at] = i;
            }
          }
        }
      }
    }

    void average(int[] owner, int columns, int row, int column, float[] values, int at) {
      for (int channel = 0; channel < 3; channel++) {
        double sum = 0;
        for (int j = 0; j < POINTS; j++) {
          for (int i = 0; i < POINTS; i++) {
            int leaf = owner[(POINTS * row + j) * columns + POINTS * column + i];
            sum += leaf < 0 ? 0.5 : colours[3 * leaf + channel];
          }
        }
        values[at + channel] = (float) (sum / (POINTS * POINTS));
      }
    }
  }
}
