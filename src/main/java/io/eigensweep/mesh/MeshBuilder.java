package io.eigensweep.mesh;

import java.util.Arrays;

/** Collects vertices and polygons while a file is read, and refuses what breaks every format. */
final class MeshBuilder {
  /** Most vertices, and most triangles, of a mesh. */
  private static final int MAX = 1 << 28;

  private double[] vertices = new double[3 * 1024];
  private int vertexValues;
  private int[] triangles = new int[3 * 1024];
  private int corners;
  private int polygons;
  private int dropped;

  /** Faces of more than three corners: the place of their first triangle, how many corners. */
  private int[] fans = new int[2 * 64];

  private int fanValues;

  /** Checks a count that a header declares before anything is allocated for it. */
  static int count(String what, long declared, long bytesLeft) throws UnreadableMeshException {
    if (declared < 0 || declared > MAX) {
      throw new UnreadableMeshException(
          "the header declares " + declared + " " + what + "; 0 to " + MAX + " are possible");
    }
    if (declared > bytesLeft) {
      throw new UnreadableMeshException(
          "the file is truncated: the header declares "
              + declared
              + " "
              + what
              + ", but only "
              + bytesLeft
              + " bytes follow");
    }
    return (int) declared;
  }

  int vertexCount() {
    return vertexValues / 3;
  }

  void vertex(double x, double y, double z) throws UnreadableMeshException {
    if (vertexValues == vertices.length) {
      vertices = Arrays.copyOf(vertices, Math.min(2 * vertices.length, 3 * MAX));
    }
    if (vertexCount() == MAX) {
      throw new UnreadableMeshException("more than " + MAX + " vertices");
    }
    vertices[vertexValues++] = x;
    vertices[vertexValues++] = y;
    vertices[vertexValues++] = z;
  }

  /**
   * Adds a polygon, for now as a fan around its first corner. Indices are checked, and other
   * outlines cut, at the end, because faces may stand before vertices.
   *
   * @param count entries of {@code polygon} that are used
   */
  void polygon(int[] polygon, int count) throws UnreadableMeshException {
    if (count < 3) {
      throw new UnreadableMeshException(
          "face " + polygons + " has " + count + " corners; at least 3 are needed");
    }
    if (count > 3) {
      if (fanValues == fans.length) {
        fans = Arrays.copyOf(fans, Math.multiplyExact(2, fans.length));
      }
      fans[fanValues++] = corners;
      fans[fanValues++] = count;
    }
    for (int i = 1; i + 1 < count; i++) {
      if (corners == triangles.length) {
        triangles = Arrays.copyOf(triangles, Math.min(2 * triangles.length, 3 * MAX));
      }
      if (corners == 3 * MAX) {
        throw new UnreadableMeshException("more than " + MAX + " triangles");
      }
      triangles[corners++] = polygon[0];
      triangles[corners++] = polygon[i];
      triangles[corners++] = polygon[i + 1];
    }
    polygons++;
  }

  /** Counts a polygon that names a vertex which can't exist. */
  void dropPolygon() {
    polygons++;
    dropped++;
  }

  StoredMesh build() throws UnreadableMeshException {
    for (int i = 0; i < corners; i++) {
      if (triangles[i] < 0 || triangles[i] >= vertexCount()) {
        throw new UnreadableMeshException(
            "triangle "
                + i / 3
                + " refers to vertex "
                + triangles[i]
                + "; there are "
                + vertexCount()
                + ", counted from 0");
      }
    }
    FaceCutter cutter = new FaceCutter(vertices);
    int crossed = 0;
    for (int i = 0; i < fanValues; i += 2) {
      crossed += cutter.cut(triangles, fans[i], fans[i + 1]) ? 0 : 1;
    }
    return new StoredMesh(
        new TriangleMesh(Arrays.copyOf(vertices, vertexValues), Arrays.copyOf(triangles, corners)),
        polygons,
        dropped,
        crossed);
  }
}
