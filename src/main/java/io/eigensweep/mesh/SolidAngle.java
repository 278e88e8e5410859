package io.eigensweep.mesh;

/**
 * The signed solid angle of a triangle seen from a point, positive where the corners run
 * counter-clockwise seen from the other side: tan(Ω/2) = a·(b × c) / (|a||b||c| + (a·b)|c| +
 * (b·c)|a| + (c·a)|b|) (Van Oosterom and Strackee 1983). 0 in the triangle's plane beside it.
 */
final class SolidAngle {
  private SolidAngle() {}

  /**
   * Ω in (−2π, 2π].
   *
   * @param t nine coordinates at {@code at}: the corners
   */
  static double of(double x, double y, double z, double[] t, int at) {
    double ax = t[at] - x;
    double ay = t[at + 1] - y;
    double az = t[at + 2] - z;
    double bx = t[at + 3] - x;
    double by = t[at + 4] - y;
    double bz = t[at + 5] - z;
    double cx = t[at + 6] - x;
    double cy = t[at + 7] - y;
    double cz = t[at + 8] - z;
    double a = Math.sqrt(ax * ax + ay * ay + az * az);
    double b = Math.sqrt(bx * bx + by * by + bz * bz);
    double c = Math.sqrt(cx * cx + cy * cy + cz * cz);
    double determinant =
        ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    double denominator =
        a * b * c
            + (ax * bx + ay * by + az * bz) * c
            + (bx * cx + by * cy + bz * cz) * a
            + (cx * ax + cy * ay + cz * az) * b;
    return 2 * Math.atan2(determinant, denominator);
  }
}
