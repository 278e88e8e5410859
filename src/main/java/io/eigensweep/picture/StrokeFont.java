package io.eigensweep.picture;

/**
 * A stroke alphabet of our own, so that no font of the machine can change a picture. Each letter is
 * a set of polylines through points of a grid 0..4 across and 0..6 up, written as two digits each.
 */
final class StrokeFont {
  private static final String[] LETTERS = {
    "00 26 40|12 32", // A
    "00 06 36 45 44 33 03|33 42 41 30 00", // B
    "45 36 16 05 01 10 30 41", // C
    "00 06 26 44 42 20 00", // D
    "46 06 00 40|03 33", // E
    "46 06 00|03 33", // F
    "45 36 16 05 01 10 30 41 43 23", // G
    "00 06|40 46|03 43", // H
    "10 30|16 36|20 26", // I
    "36 31 20 10 01", // J
    "00 06|46 03 40", // K
    "06 00 40", // L
    "00 06 23 46 40", // M
    "00 06 40 46", // N
    "16 36 45 41 30 10 01 05 16", // O
    "00 06 36 45 44 33 03", // P
    "16 36 45 41 30 10 01 05 16|22 40", // Q
    "00 06 36 45 44 33 03|23 40", // R
    "45 36 16 05 04 13 33 42 41 30 10 01", // S
    "06 46|26 20", // T
    "06 01 10 30 41 46", // U
    "06 20 46", // V
    "06 10 24 30 46", // W
    "06 40|00 46", // X
    "06 23 46|23 20", // Y
    "06 46 00 40", // Z
    "16 36 45 41 30 10 01 05 16|11 35", // 0
    "14 26 20|10 30", // 1
    "05 16 36 45 44 00 40", // 2
    "06 46 23 33 42 41 30 10 01", // 3
    "30 36 02 42", // 4
    "46 06 03 33 42 41 30 10 01", // 5
    "36 16 03 01 10 30 41 42 33 03", // 6
    "06 46 10", // 7
    "13 04 05 16 36 45 44 33 13 02 01 10 30 41 42 33", // 8
    "10 30 43 45 36 16 05 04 13 43", // 9
  };

  private StrokeFont() {}

  /** How many letters there are. */
  static int letters() {
    return LETTERS.length;
  }

  /** The polylines of a letter: x, y in turn, x in [0,1] to the right, y in [0,1] upwards. */
  static double[][] strokes(int letter) {
    String[] lines = LETTERS[letter].split("\\|", -1);
    double[][] strokes = new double[lines.length][];
    for (int i = 0; i < lines.length; i++) {
      String[] points = lines[i].split(" ", -1);
      strokes[i] = new double[2 * points.length];
      for (int j = 0; j < points.length; j++) {
        strokes[i][2 * j] = (points[j].charAt(0) - '0') / 4.0;
        strokes[i][2 * j + 1] = (points[j].charAt(1) - '0') / 6.0;
      }
    }
    return strokes;
  }
}
