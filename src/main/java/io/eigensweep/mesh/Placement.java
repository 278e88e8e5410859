package io.eigensweep.mesh;

/**
 * How a mesh was put into the unit cube: x ↦ ½ + scale·(x − centre).
 *
 * @param centreX centre of the bounding box, first axis, in the file's units
 * @param centreY second axis
 * @param centreZ third axis
 * @param scale cube sides per unit of the file
 */
public record Placement(double centreX, double centreY, double centreZ, double scale) {

  /**
   * The placement that fits the bounding box of {@code mesh} into the cube with {@code margin} of
   * its side left free on both ends of the longest axis.
   *
   * @throws UnreadableMeshException when the mesh has no extent
   */
  public static Placement fitting(TriangleMesh mesh, double margin) throws UnreadableMeshException {
    double[] b = mesh.bounds();
    double longest = Math.max(b[3] - b[0], Math.max(b[4] - b[1], b[5] - b[2]));
    double scale = (1 - 2 * margin) / longest;
    if (!(longest > 0) || !(scale > 0) || Double.isInfinite(scale)) {
      throw new UnreadableMeshException(
          "the mesh has no usable extent: its longest side is " + longest);
    }
    return new Placement(
        0.5 * b[0] + 0.5 * b[3], 0.5 * b[1] + 0.5 * b[4], 0.5 * b[2] + 0.5 * b[5], scale);
  }

  /** {@code mesh} in the unit cube. */
  public TriangleMesh apply(TriangleMesh mesh) {
    double[] centre = {centreX, centreY, centreZ};
    double[] placed = new double[mesh.vertices().length];
    for (int i = 0; i < placed.length; i++) {
      placed[i] = 0.5 + scale * (mesh.vertices()[i] - centre[i % 3]);
    }
    return new TriangleMesh(placed, mesh.triangles());
  }
}
