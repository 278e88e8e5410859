package io.eigensweep.mesh;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The triangles of marching cubes for each of the 256 patterns of inside corners (Lorensen and
 * Cline 1987), derived instead of tabulated.
 *
 * <p>Corner c of a cell lies at (c &amp; 1, c &gt;&gt; 1 &amp; 1, c &gt;&gt; 2); edge 4·axis + k
 * runs along an axis, k numbering the other two coordinates. On each face, walked counter-clockwise
 * seen from outside the cell, every run of inside corners is cut off by a segment from the edge
 * where the run is entered to the one where it is left. A face with inside corners on one diagonal
 * thus keeps them apart, whichever of its two cells asks: neighbours agree, and there are no
 * cracks. Each crossed edge ends one segment and starts another, so the segments form loops, which
 * are triangulated without a diagonal inside a face of the cell, where the neighbour might have the
 * same: every edge of the surface belongs to exactly two triangles.
 */
final class CubeCases {
  static final int EDGES = 12;

  /** Edge indices, three a triangle, counter-clockwise seen from outside of the surface. */
  private static final int[][] TRIANGLES = new int[256][];

  static {
    for (int inside = 0; inside < 256; inside++) {
      TRIANGLES[inside] = triangles(inside);
    }
  }

  private CubeCases() {}

  /** The triangles of the pattern {@code inside}, bit c for corner c; not to be changed. */
  static int[] of(int inside) {
    return TRIANGLES[inside];
  }

  /** The lower corner of an edge. */
  static int lowCorner(int edge) {
    int axis = edge / 4;
    int b = (axis + 1) % 3;
    int c = (axis + 2) % 3;
    return (edge & 1) << b | (edge >> 1 & 1) << c;
  }

  private static int edgeBetween(int corner, int other) {
    int axis = Integer.numberOfTrailingZeros(corner ^ other);
    int b = (axis + 1) % 3;
    int c = (axis + 2) % 3;
    return 4 * axis + (corner >> b & 1) + 2 * (corner >> c & 1);
  }

  private static int[] triangles(int inside) {
    int[] next = new int[EDGES];
    java.util.Arrays.fill(next, -1);
    for (int face = 0; face < 6; face++) {
      cutRuns(faceCorners(face), inside, next);
    }
    List<Integer> triangles = new ArrayList<>();
    for (int start = 0; start < EDGES; start++) {
      List<Integer> loop = new ArrayList<>();
      for (int edge = start; next[edge] >= 0; ) {
        loop.add(edge);
        int following = next[edge];
        next[edge] = -1;
        edge = following;
      }
      if (!loop.isEmpty()) {
        List<Integer> fan = triangulate(loop);
        if (fan == null) {
          throw new IllegalStateException("pattern " + inside + " has no triangulation");
        }
        triangles.addAll(fan);
      }
    }
    return triangles.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Corners of face 2·axis + side, counter-clockwise seen from outside the cell. */
  private static int[] faceCorners(int face) {
    int axis = face / 2;
    int b = 1 << (axis + 1) % 3;
    int c = 1 << (axis + 2) % 3;
    int base = face % 2 << axis;
    return face % 2 == 1
        ? new int[] {base, base | b, base | b | c, base | c}
        : new int[] {base, base | c, base | b | c, base | b};
  }

  private static void cutRuns(int[] corners, int inside, int[] next) {
    for (int i = 0; i < 4; i++) {
      int before = corners[i];
      int corner = corners[(i + 1) % 4];
      if ((inside >> before & 1) == 1 || (inside >> corner & 1) == 0) {
        continue;
      }
      int last = i + 1;
      while ((inside >> corners[(last + 1) % 4] & 1) == 1) {
        last++;
      }
      next[edgeBetween(before, corner)] = edgeBetween(corners[last % 4], corners[(last + 1) % 4]);
    }
  }

  /** Triangles of a polygon without a diagonal inside a face, or null when there are none. */
  private static @Nullable List<Integer> triangulate(List<Integer> polygon) {
    int n = polygon.size();
    if (n < 3) {
      return List.of();
    }
    int first = polygon.get(0);
    int last = polygon.get(n - 1);
    for (int k = 1; k < n - 1; k++) {
      int apex = polygon.get(k);
      if ((k > 1 && shareFace(first, apex)) || (k < n - 2 && shareFace(apex, last))) {
        continue;
      }
      List<Integer> left = triangulate(polygon.subList(0, k + 1));
      List<Integer> right = triangulate(polygon.subList(k, n));
      if (left != null && right != null) {
        List<Integer> all = new ArrayList<>(List.of(first, apex, last));
        all.addAll(left);
        all.addAll(right);
        return all;
      }
    }
    return null;
  }

  private static boolean shareFace(int edge, int other) {
    for (int axis = 0; axis < 3; axis++) {
      if (edge / 4 != axis
          && other / 4 != axis
          && (lowCorner(edge) >> axis & 1) == (lowCorner(other) >> axis & 1)) {
        return true;
      }
    }
    return false;
  }
}
