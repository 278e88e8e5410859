package io.eigensweep.trial;

import io.eigensweep.linalg.RandomStream;
import io.eigensweep.mesh.SurfaceSampler;
import io.eigensweep.mesh.SurfaceTree;
import io.eigensweep.mesh.UnreadableMeshException;
import io.eigensweep.metric.SurfaceDistance;

/** Compares an extracted surface with the original, by points spread evenly on each. */
final class SurfaceComparison {
  /** Threshold of the F-score in sides of the cube. */
  static final double THRESHOLD = 0.01;

  private SurfaceComparison() {}

  /**
   * How far they are apart.
   *
   * @param points on each
   * @param seed of the trial
   * @throws UnreadableMeshException when either has no area
   */
  static SurfaceDistance of(SurfaceTree extracted, SurfaceTree original, int points, long seed)
      throws UnreadableMeshException {
    return SurfaceDistance.of(
        side(extracted, original, points, RandomStream.of("signal/extracted-surface", seed)),
        side(original, extracted, points, RandomStream.of("signal/surface", seed)),
        THRESHOLD);
  }

  private static SurfaceDistance.Side side(
      SurfaceTree from, SurfaceTree to, int count, RandomStream random)
      throws UnreadableMeshException {
    SurfaceSampler sampler = new SurfaceSampler(from.mesh());
    double[] distances = new double[count];
    double[] cosines = new double[count];
    double[] point = new double[3];
    double[] own = new double[3];
    double[] other = new double[3];
    SurfaceTree.Query query = to.query();
    for (int i = 0; i < count; i++) {
      from.mesh().crossProduct(sampler.draw(random, point, 0), own);
      distances[i] = query.nearest(point[0], point[1], point[2]);
      to.mesh().crossProduct(query.triangle(), other);
      double norms = Math.sqrt(dot(own, own) * dot(other, other));
      cosines[i] = norms > 0 ? Math.min(1, Math.abs(dot(own, other)) / norms) : 0;
    }
    return new SurfaceDistance.Side(distances, cosines);
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
