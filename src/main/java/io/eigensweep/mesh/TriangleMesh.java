package io.eigensweep.mesh;

import java.util.Arrays;

/**
 * A surface of triangles. Nothing is assumed of it: it may have holes, edges of more than two
 * triangles, triangles without area, and faces that wind either way.
 *
 * @param vertices x, y, z of each vertex; not copied, must not be changed
 * @param triangles three vertex indices of each triangle, counter-clockwise from outside; not
 *     copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // tables shared read-only with inner loops
public record TriangleMesh(double[] vertices, int[] triangles) {

  /** How many vertices there are. */
  public int vertexCount() {
    return vertices.length / 3;
  }

  /** How many triangles there are. */
  public int triangleCount() {
    return triangles.length / 3;
  }

  /** Coordinate {@code axis} of corner {@code corner} of a triangle. */
  public double corner(int triangle, int corner, int axis) {
    return vertices[3 * triangles[3 * triangle + corner] + axis];
  }

  /**
   * Writes (b − a) × (c − a) of a triangle: its normal, twice as long as its area.
   *
   * @param into receives three numbers
   */
  public void crossProduct(int triangle, double[] into) {
    double ax = corner(triangle, 0, 0);
    double ay = corner(triangle, 0, 1);
    double az = corner(triangle, 0, 2);
    double ux = corner(triangle, 1, 0) - ax;
    double uy = corner(triangle, 1, 1) - ay;
    double uz = corner(triangle, 1, 2) - az;
    double vx = corner(triangle, 2, 0) - ax;
    double vy = corner(triangle, 2, 1) - ay;
    double vz = corner(triangle, 2, 2) - az;
    into[0] = uy * vz - uz * vy;
    into[1] = uz * vx - ux * vz;
    into[2] = ux * vy - uy * vx;
  }

  /** The area of one triangle. */
  public double area(int triangle) {
    double[] normal = new double[3];
    crossProduct(triangle, normal);
    return 0.5 * Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
  }

  /** The sum of the triangles' areas. */
  public double area() {
    double sum = 0;
    for (int t = 0; t < triangleCount(); t++) {
      sum += area(t);
    }
    return sum;
  }

  /**
   * The signed volume Σ a·(b × c)/6, positive where faces wind counter-clockwise from outside; of a
   * surface with holes, that of the cones from the origin.
   */
  public double volume() {
    double sum = 0;
    double[] normal = new double[3];
    for (int t = 0; t < triangleCount(); t++) {
      crossProduct(t, normal);
      sum +=
          corner(t, 0, 0) * normal[0] + corner(t, 0, 1) * normal[1] + corner(t, 0, 2) * normal[2];
    }
    return sum / 6;
  }

  /**
   * The bounding box of the vertices: lowest x, y, z, then highest; NaN on an axis where no vertex
   * has a number.
   */
  public double[] bounds() {
    double[] bounds = new double[6];
    Arrays.fill(bounds, Double.NaN);
    for (int i = 0; i < vertices.length; i++) {
      double x = vertices[i];
      int low = i % 3;
      if (x < bounds[low] || Double.isNaN(bounds[low])) {
        bounds[low] = x;
      }
      int high = 3 + low;
      if (x > bounds[high] || Double.isNaN(bounds[high])) {
        bounds[high] = x;
      }
    }
    return bounds;
  }

  /** These triangles with their other side out. */
  public TriangleMesh reversed() {
    int[] turned = triangles.clone();
    for (int t = 0; t < triangleCount(); t++) {
      turned[3 * t + 1] = triangles[3 * t + 2];
      turned[3 * t + 2] = triangles[3 * t + 1];
    }
    return new TriangleMesh(vertices, turned);
  }
}
