package io.eigensweep.mesh;

/**
 * What a file holds, whether or not it can be a surface.
 *
 * @param mesh its vertices, NaN and infinite ones too, and the triangles of its faces
 * @param faces polygons of the file, those that were dropped included
 * @param droppedFaces polygons that name a vertex which can't exist: index 0 of an OBJ file, or a
 *     relative index before the first vertex
 */
public record StoredMesh(TriangleMesh mesh, int faces, int droppedFaces) {

  /**
   * The mesh as a surface.
   *
   * @throws UnreadableMeshException when it has no triangles, or a position that is not finite
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
    double[] vertices = mesh.vertices();
    for (int i = 0; i < vertices.length; i++) {
      if (!Double.isFinite(vertices[i])) {
        int at = i - i % 3;
        throw new UnreadableMeshException(
            String.format(
                java.util.Locale.ROOT,
                "vertex %d is not finite: %s %s %s",
                at / 3,
                vertices[at],
                vertices[at + 1],
                vertices[at + 2]));
      }
    }
    return mesh;
  }
}
