package io.eigensweep.mesh;

/**
 * Cuts faces of any outline into triangles: concave ones, with corners on a line or twice in a
 * place, with a hole that a cut joins to the outline.
 *
 * <p>A face is looked at along the axis that is closest to its normal (Newell's), which keeps
 * corners on a line exactly there and a slightly bent face in order. Where no triangle of the fan
 * around the first corner is turned over, the fan stays. Else ears are cut off (Meisters 1975): a
 * corner whose triangle is not turned over and holds no other corner. At each point of the plane
 * the number of triangles, those turned over counted negative, is how often the outline winds
 * around it; so n − 2 triangles none of which is turned over tile the face, however they were
 * found. Where an outline crosses itself there are no such triangles: the fan stays, and the caller
 * is told.
 */
final class FaceCutter {
  /** Area of turned triangles that is taken for rounding, in shares of the face's. */
  private static final double ROUNDING = 1e-9;

  private final double[] vertices;

  /** The outline: vertices, then the two coordinates of each corner in the plane. */
  private int[] corners = new int[16];

  private double[] u = new double[16];
  private double[] v = new double[16];

  /** The corners that are left, in a ring. */
  private int[] next = new int[16];

  private int[] previous = new int[16];
  private int[] cut = new int[48];

  /**
   * @param vertices x, y, z of each vertex
   */
  FaceCutter(double[] vertices) {
    this.vertices = vertices;
  }

  /**
   * Replaces the fan of a face by triangles that tile it, as many.
   *
   * @param triangles the fan stands there, its first triangle from {@code from} on; overwritten
   * @param count corners of the face, at least 3
   * @return false when the outline crosses itself, and the fan was left
   */
  boolean cut(int[] triangles, int from, int count) {
    take(triangles, from, count);
    double[] net = new double[3];
    double[] all = new double[3];
    for (int i = 1; i + 1 < count; i++) {
      for (int axis = 0; axis < 3; axis++) {
        int p = (axis + 1) % 3;
        int q = (axis + 2) % 3;
        double twice = side(i, p) * side(i + 1, q) - side(i, q) * side(i + 1, p);
        net[axis] += twice;
        all[axis] += Math.abs(twice);
      }
    }
    int axis = largest(net);
    double area = Math.abs(net[axis]);
    double fans = all[largest(all)];
    if (!Double.isFinite(fans) || fans == 0) {
      return true; // nothing to cut
    }
    if (area <= ROUNDING * fans) {
      return false;
    }
    if (all[axis] <= (1 + ROUNDING) * area) {
      return true;
    }
    project(axis, net[axis] < 0, count);
    if (!cutEars(count, ROUNDING * area / count)) {
      return false;
    }
    for (int i = 0; i < 3 * (count - 2); i++) {
      triangles[from + i] = corners[cut[i]];
    }
    return true;
  }

  /** Reads the outline back from its fan. */
  private void take(int[] triangles, int from, int count) {
    if (count > corners.length) {
      int length = Math.max(count, 2 * corners.length);
      corners = new int[length];
      u = new double[length];
      v = new double[length];
      next = new int[length];
      previous = new int[length];
      cut = new int[Math.multiplyExact(3, length)];
    }
    corners[0] = triangles[from];
    corners[1] = triangles[from + 1];
    for (int i = 2; i < count; i++) {
      corners[i] = triangles[from + 3 * (i - 2) + 2];
    }
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int axis = 1; axis < 3; axis++) {
      if (Math.abs(values[axis]) > Math.abs(values[largest])) {
        largest = axis;
      }
    }
    return largest;
  }

  /** Drops an axis; the face runs counter-clockwise in what is left. */
  private void project(int dropped, boolean isBelow, int count) {
    for (int i = 0; i < count; i++) {
      u[i] = side(i, (dropped + (isBelow ? 2 : 1)) % 3);
      v[i] = side(i, (dropped + (isBelow ? 1 : 2)) % 3);
    }
  }

  /** A coordinate of a corner, from the first one. */
  private double side(int corner, int axis) {
    return vertices[3 * corners[corner] + axis] - vertices[3 * corners[0] + axis];
  }

  /**
   * Cuts off one corner after the other into {@link #cut}.
   *
   * @param flat twice the area up to which a triangle counts as none
   * @return false when a corner can't be cut off, and triangles overlap
   */
  private boolean cutEars(int count, double flat) {
    for (int i = 0; i < count; i++) {
      next[i] = (i + 1) % count;
      previous[i] = (i + count - 1) % count;
    }
    int at = 0;
    for (int left = count; left >= 3; left--) {
      int ear = ear(at, left, flat);
      if (ear < 0) {
        return false;
      }
      int triangle = 3 * (count - left);
      cut[triangle] = previous[ear];
      cut[triangle + 1] = ear;
      cut[triangle + 2] = next[ear];
      next[previous[ear]] = next[ear];
      previous[next[ear]] = previous[ear];
      at = next[next[ear]]; // not the next one: its triangles would all meet in one corner
    }
    return true;
  }

  /** An ear from {@code from} on; without one a corner whose triangle is flat; else negative. */
  private int ear(int from, int left, double flat) {
    int flattest = -1;
    double least = flat;
    int corner = from;
    for (int i = 0; i < left; i++) {
      double twice = turn(previous[corner], corner, next[corner]);
      if (twice > flat && (left == 3 || isEmpty(corner, left))) {
        return corner;
      }
      if (Math.abs(twice) <= least) {
        least = Math.abs(twice);
        flattest = corner;
      }
      corner = next[corner];
    }
    return flattest;
  }

  /**
   * Whether no other corner lies in the triangle of {@code tip}, but in the place of its corners.
   */
  private boolean isEmpty(int tip, int left) {
    int a = previous[tip];
    int b = next[tip];
    double lowU = Math.min(u[tip], Math.min(u[a], u[b]));
    double highU = Math.max(u[tip], Math.max(u[a], u[b]));
    double lowV = Math.min(v[tip], Math.min(v[a], v[b]));
    double highV = Math.max(v[tip], Math.max(v[a], v[b]));
    int q = next[b];
    for (int i = 3; i < left; i++, q = next[q]) {
      if (u[q] < lowU || u[q] > highU || v[q] < lowV || v[q] > highV) {
        continue;
      }
      if (isAt(q, tip)) {
        if (turn(a, tip, previous[q]) > 0 && turn(tip, b, previous[q]) > 0) {
          return false;
        }
        if (turn(a, tip, next[q]) > 0 && turn(tip, b, next[q]) > 0) {
          return false;
        }
      } else if (!isAt(q, a)
          && !isAt(q, b)
          && turn(a, tip, q) >= 0
          && turn(tip, b, q) >= 0
          && turn(b, a, q) >= 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isAt(int p, int q) {
    return u[p] == u[q] && v[p] == v[q];
  }

  /** Twice the area of a triangle in the plane, negative where it is turned over. */
  private double turn(int p, int q, int r) {
    return (u[q] - u[p]) * (v[r] - v[p]) - (v[q] - v[p]) * (u[r] - u[p]);
  }
}
