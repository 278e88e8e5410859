package io.eigensweep.mesh;

import io.eigensweep.linalg.RandomStream;
import java.util.Arrays;

/** Points on a surface, uniform by area. */
public final class SurfaceSampler {
  private final TriangleMesh mesh;
  private final double[] cumulative;

  /**
   * A sampler of {@code mesh}.
   *
   * @throws UnreadableMeshException when the surface has no area
   */
  public SurfaceSampler(TriangleMesh mesh) throws UnreadableMeshException {
    this.mesh = mesh;
    this.cumulative = new double[mesh.triangleCount()];
    double sum = 0;
    for (int t = 0; t < cumulative.length; t++) {
      sum += mesh.area(t);
      cumulative[t] = sum;
    }
    if (!(sum > 0)) {
      throw new UnreadableMeshException("the surface has no area");
    }
  }

  /**
   * Draws one point.
   *
   * @param into receives x, y, z at {@code at}
   * @return the triangle that it lies on
   */
  public int draw(RandomStream random, double[] into, int at) {
    double area = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, area);
    int triangle = Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    double root = Math.sqrt(random.nextDouble());
    double v = root * random.nextDouble();
    for (int axis = 0; axis < 3; axis++) {
      into[at + axis] =
          (1 - root) * mesh.corner(triangle, 0, axis)
              + (root - v) * mesh.corner(triangle, 1, axis)
              + v * mesh.corner(triangle, 2, axis);
    }
    return triangle;
  }
}
