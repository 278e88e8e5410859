package io.eigensweep.mesh;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a file holds, whether or not it can be a surface.
 *
 * @param mesh its vertices, NaN and infinite ones too, and the triangles of its faces
 * @param faces polygons of the file, those that were dropped included
 * @param droppedFaces polygons that name a vertex which can't exist: index 0 of an OBJ file, or a
 *     relative index before the first vertex
 * @param crossedFaces polygons whose outline crosses itself: fans around their first corner
 */
public record StoredMesh(TriangleMesh mesh, int faces, int droppedFaces, int crossedFaces) {

  /** Three vertices in their order, the lowest first. */
  private record Face(int a, int b, int c) {
    static Face at(int[] triangles, int place) {
      int a = triangles[place];
      int b = triangles[place + 1];
      int c = triangles[place + 2];
      if (a <= b && a <= c) {
        return new Face(a, b, c);
      }
      return b <= c ? new Face(b, c, a) : new Face(c, a, b);
    }
  }

  /**
   * The mesh as a surface: without triangles that have no area, without those that stand there
   * twice the same way round, and without the vertices that no other triangle uses.
   *
   * @throws UnreadableMeshException when it has no triangles, none with an area, or a corner of one
   *     is not finite
   */
  public TriangleMesh surface() throws UnreadableMeshException {
    if (mesh.triangleCount() == 0) {
      throw new UnreadableMeshException(
          "the file has "
              + mesh.vertexCount()
              + " vertices and "
              + (droppedFaces > 0 ? "no face all of whose vertices exist" : "no faces")
              + "; a surface is wanted");
    }
    requireFinite();
    int[] triangles = distinct(mesh);
    if (triangles.length == 0) {
      throw new UnreadableMeshException("the surface has no area");
    }
    return compact(triangles);
  }

  private void requireFinite() throws UnreadableMeshException {
    double[] vertices = mesh.vertices();
    for (int vertex : mesh.triangles()) {
      int at = 3 * vertex;
      double largest = Math.max(Math.abs(vertices[at]), Math.abs(vertices[at + 1]));
      if (!Double.isFinite(Math.max(largest, Math.abs(vertices[at + 2])))) {
        throw new UnreadableMeshException(
            String.format(
                Locale.ROOT,
                "vertex %d is not finite: %s %s %s",
                vertex,
                vertices[at],
                vertices[at + 1],
                vertices[at + 2]));
      }
    }
  }

  /** The corners of the triangles that have an area, each once, in the order of the file. */
  private static int[] distinct(TriangleMesh mesh) {
    int[] kept = new int[mesh.triangles().length];
    int count = 0;
    Set<Face> known = new HashSet<>();
    boolean perhapsTwice = perhapsTwice(mesh.triangles());
    for (int t = 0; t < mesh.triangleCount(); t++) {
      boolean isNew = !perhapsTwice || known.add(Face.at(mesh.triangles(), 3 * t));
      if (isNew && mesh.area(t) != 0) {
        System.arraycopy(mesh.triangles(), 3 * t, kept, 3 * count++, 3);
      }
    }
    return Arrays.copyOf(kept, 3 * count);
  }

  /** False when no triangle stands there twice: found without an object for each. */
  private static boolean perhapsTwice(int[] triangles) {
    long[] hashes = new long[triangles.length / 3];
    for (int t = 0; t < hashes.length; t++) {
      Face face = Face.at(triangles, 3 * t);
      hashes[t] = (face.a() * 0x9E3779B97F4A7C15L + face.b()) * 0xC2B2AE3D27D4EB4FL + face.c();
    }
    Arrays.sort(hashes);
    for (int t = 1; t < hashes.length; t++) {
      if (hashes[t] == hashes[t - 1]) {
        return true;
      }
    }
    return false;
  }

  private TriangleMesh compact(int[] triangles) {
    int[] places = new int[mesh.vertexCount()];
    for (int vertex : triangles) {
      places[vertex] = 1;
    }
    int used = 0;
    for (int vertex = 0; vertex < places.length; vertex++) {
      used += places[vertex];
      places[vertex] = used - 1;
    }
    if (used == places.length && triangles.length == mesh.triangles().length) {
      return mesh;
    }
    double[] vertices = new double[3 * used];
    int[] corners = new int[triangles.length];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = places[triangles[i]];
      System.arraycopy(mesh.vertices(), 3 * triangles[i], vertices, 3 * corners[i], 3);
    }
    return new TriangleMesh(vertices, corners);
  }
}
