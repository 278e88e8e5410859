package io.eigensweep.mesh;

import io.eigensweep.linalg.RandomStream;

/**
 * Whether a surface has an inside: on both sides of points on it the winding number w is asked for,
 * close enough that nothing lies between. Where it bounds a solid, one side has |w| ≥ ¾ and the
 * other |w| ≤ ¼; holes elsewhere move both a little. An open sheet has about ½ on both sides, one
 * that stands there twice, once each way, 0.
 *
 * @param probes how many points of the surface were asked about
 * @param bounding how many of them bound a solid
 * @param largest the largest |w| that was found
 */
public record Inside(int probes, int bounding, double largest) {
  private static final int PROBES = 4096;

  /** Distance of the two points from the surface, in sides of the cube. */
  private static final double STEP = 1e-6;

  /**
   * Asks about points of a surface in the unit cube, the same ones each time.
   *
   * @param sampler draws the points
   * @param winding of the same surface
   */
  public static Inside of(TriangleMesh mesh, SurfaceSampler sampler, WindingNumber winding) {
    RandomStream random = RandomStream.of("mesh/inside", 0);
    WindingNumber.Query around = winding.query();
    double[] point = new double[3];
    double[] normal = new double[3];
    int bounding = 0;
    double largest = 0;
    for (int i = 0; i < PROBES; i++) {
      mesh.crossProduct(sampler.draw(random, point, 0), normal);
      double scale = STEP / Math.hypot(normal[0], Math.hypot(normal[1], normal[2]));
      double front = at(around, point, normal, scale);
      double back = at(around, point, normal, -scale);
      bounding += Math.max(front, back) >= 0.75 && Math.min(front, back) <= 0.25 ? 1 : 0;
      largest = Math.max(largest, Math.max(front, back));
    }
    return new Inside(PROBES, bounding, largest);
  }

  private static double at(
      WindingNumber.Query around, double[] point, double[] normal, double scale) {
    return Math.abs(
        around.at(
            point[0] + scale * normal[0],
            point[1] + scale * normal[1],
            point[2] + scale * normal[2]));
  }
}
