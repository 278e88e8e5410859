package io.eigensweep.picture;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Siemens star: black and white sectors on white ground, the same in all channels, each pixel the
 * mean of 4 × 4 points. Picture 0 has 36 pairs of sectors and begins at the right; the others have
 * 12 to 60 pairs and their own turn.
 */
final class SiemensStar {
  private static final int POINTS = 4;
  private static final double RADIUS = 0.48;

  private SiemensStar() {}

  static float[] draw(int size, int index, UniformRandomProvider random) {
    int pairs = 36;
    double turn = 0;
    if (index > 0) {
      pairs = 12 + random.nextInt(49);
      turn = random.nextDouble();
    }
    double sectors = pairs / (2 * StrictMath.PI);
    float[] values = GeneratedPicture.values(size);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int white = 0;
        for (int j = 0; j < POINTS; j++) {
          double y = (row + (j + 0.5) / POINTS) / size - 0.5;
          for (int i = 0; i < POINTS; i++) {
            double x = (column + (i + 0.5) / POINTS) / size - 0.5;
            white += isWhite(x, y, sectors, turn) ? 1 : 0;
          }
        }
        float value = (float) white / (POINTS * POINTS);
        int at = 3 * (row * size + column);
        values[at] = value;
        values[at + 1] = value;
        values[at + 2] = value;
      }
    }
    return values;
  }

  private static boolean isWhite(double x, double y, double sectors, double turn) {
    if (x * x + y * y > RADIUS * RADIUS) {
      return true;
    }
    double pair = StrictMath.atan2(y, x) * sectors + turn;
    return pair - Math.floor(pair) < 0.5;
  }
}
