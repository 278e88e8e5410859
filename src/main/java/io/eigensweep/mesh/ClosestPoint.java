package io.eigensweep.mesh;

/**
 * The point of a triangle that is closest to a given one, exact up to rounding: inside the face, on
 * an edge or at a vertex (Ericson 2005, §5.1.5, by the signs of the barycentric coordinates).
 * Triangles without area are the union of their edges.
 */
final class ClosestPoint {
  /** The closest point found so far. */
  double x;

  double y;
  double z;

  /** Its squared distance. */
  double squared;

  /** Starts anew: everything is closer than infinity. */
  void reset() {
    squared = Double.POSITIVE_INFINITY;
  }

  /**
   * Takes the closest point of a triangle when it is closer than what was found before.
   *
   * @param t nine coordinates at {@code at}: a, b, c
   * @return whether it was closer
   */
  boolean offer(double px, double py, double pz, double[] t, int at) {
    double abx = t[at + 3] - t[at];
    double aby = t[at + 4] - t[at + 1];
    double abz = t[at + 5] - t[at + 2];
    double acx = t[at + 6] - t[at];
    double acy = t[at + 7] - t[at + 1];
    double acz = t[at + 8] - t[at + 2];
    double nx = aby * acz - abz * acy;
    double ny = abz * acx - abx * acz;
    double nz = abx * acy - aby * acx;
    double n2 = nx * nx + ny * ny + nz * nz;
    double apx = px - t[at];
    double apy = py - t[at + 1];
    double apz = pz - t[at + 2];
    if (n2 > 0) {
      // Twice the signed areas of the triangles p'bc, p'ca and p'ab, times |n|.
      double v = (apy * acz - apz * acy) * nx + (apz * acx - apx * acz) * ny;
      v += (apx * acy - apy * acx) * nz;
      double w = (aby * apz - abz * apy) * nx + (abz * apx - abx * apz) * ny;
      w += (abx * apy - aby * apx) * nz;
      if (v >= 0 && w >= 0 && v + w <= n2) {
        double height = (apx * nx + apy * ny + apz * nz) / n2;
        return take(px, py, pz, px - height * nx, py - height * ny, pz - height * nz);
      }
    }
    boolean closer = segment(px, py, pz, t, at, at + 3);
    closer |= segment(px, py, pz, t, at + 3, at + 6);
    closer |= segment(px, py, pz, t, at + 6, at);
    return closer;
  }

  private boolean segment(double px, double py, double pz, double[] t, int from, int to) {
    double ux = t[to] - t[from];
    double uy = t[to + 1] - t[from + 1];
    double uz = t[to + 2] - t[from + 2];
    double length = ux * ux + uy * uy + uz * uz;
    double along = (px - t[from]) * ux + (py - t[from + 1]) * uy + (pz - t[from + 2]) * uz;
    double s = length > 0 ? Math.min(1, Math.max(0, along / length)) : 0;
    return take(px, py, pz, t[from] + s * ux, t[from + 1] + s * uy, t[from + 2] + s * uz);
  }

  private boolean take(double px, double py, double pz, double qx, double qy, double qz) {
    double dx = px - qx;
    double dy = py - qy;
    double dz = pz - qz;
    double distance = dx * dx + dy * dy + dz * dz;
    if (!(distance < squared)) {
      return false;
    }
    squared = distance;
    x = qx;
    y = qy;
    z = qz;
    return true;
  }
}
