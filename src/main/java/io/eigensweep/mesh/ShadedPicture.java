package io.eigensweep.mesh;

import java.util.Arrays;

/**
 * A picture of a mesh in the unit cube: parallel projection, depth buffer, gray by the angle
 * between face and viewer. Both sides of a face look the same.
 *
 * @param side pixels per side
 * @param gray side·side values in [0,1], row by row from the top; the ground is white
 */
@SuppressWarnings("ArrayRecordComponent") // a picture, never compared
public record ShadedPicture(int side, float[] gray) {
  /** Side of the pictures that show a trial's surfaces. */
  public static final int SIDE = 384;

  /** Samples per pixel and axis. */
  private static final int OVERSAMPLING = 2;

  /** Turned by 25° around the vertical, then tilted down by 15°. */
  private static final double TURN = Math.toRadians(25);

  private static final double TILT = Math.toRadians(15);

  /** Pixels per cube side, as a share of the picture's side. */
  private static final double ZOOM = 0.9;

  /** The light comes from the upper left, in front; unit length. */
  private static final double[] LIGHT = {-0.4, 0.5, 0.7681145747868608};

  /** The picture of {@code mesh}, the second axis upwards, seen from the positive third axis. */
  public static ShadedPicture of(TriangleMesh mesh, int side) {
    int fine = side * OVERSAMPLING;
    float[] shade = new float[fine * fine];
    Arrays.fill(shade, 1);
    double[] depth = new double[fine * fine];
    Arrays.fill(depth, Double.NEGATIVE_INFINITY);
    double[] seen = new double[mesh.vertices().length];
    for (int v = 0; v < mesh.vertexCount(); v++) {
      project(mesh.vertices(), 3 * v, fine, seen);
    }
    TriangleMesh turned = new TriangleMesh(seen, mesh.triangles());
    for (int t = 0; t < mesh.triangleCount(); t++) {
      fill(turned, t, fine, shade, depth);
    }
    float[] gray = new float[side * side];
    for (int at = 0; at < shade.length; at++) {
      int pixel = at / fine / OVERSAMPLING * side + at % fine / OVERSAMPLING;
      gray[pixel] += shade[at] / (OVERSAMPLING * OVERSAMPLING);
    }
    return new ShadedPicture(side, gray);
  }

  /** Column, row and height over the picture's plane, in fine pixels; columns right, rows up. */
  private static void project(double[] vertices, int at, int fine, double[] seen) {
    double x = vertices[at] - 0.5;
    double y = vertices[at + 1] - 0.5;
    double z = vertices[at + 2] - 0.5;
    double right = Math.cos(TURN) * x + Math.sin(TURN) * z;
    double front = Math.cos(TURN) * z - Math.sin(TURN) * x;
    double scale = ZOOM * fine;
    seen[at] = 0.5 * fine + scale * right;
    seen[at + 1] = 0.5 * fine + scale * (Math.cos(TILT) * y - Math.sin(TILT) * front);
    seen[at + 2] = scale * (Math.cos(TILT) * front + Math.sin(TILT) * y);
  }

  private static void fill(TriangleMesh seen, int t, int fine, float[] shade, double[] depth) {
    double[] normal = new double[3];
    seen.crossProduct(t, normal);
    double length =
        Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
    if (!(Math.abs(normal[2]) > 0)) {
      return;
    }
    double facing = Math.signum(normal[2]);
    double cosine = 0;
    for (int axis = 0; axis < 3; axis++) {
      cosine += facing * LIGHT[axis] * normal[axis] / length;
    }
    float gray = (float) (0.12 + 0.78 * Math.max(0, cosine));
    double x0 = seen.corner(t, 0, 0);
    double y0 = seen.corner(t, 0, 1);
    double z0 = seen.corner(t, 0, 2);
    double ux = seen.corner(t, 1, 0) - x0;
    double uy = seen.corner(t, 1, 1) - y0;
    double vx = seen.corner(t, 2, 0) - x0;
    double vy = seen.corner(t, 2, 1) - y0;
    int left = pixel(x0 + Math.min(0, Math.min(ux, vx)), fine);
    int right = pixel(x0 + Math.max(0, Math.max(ux, vx)), fine);
    int low = pixel(y0 + Math.min(0, Math.min(uy, vy)), fine);
    int high = pixel(y0 + Math.max(0, Math.max(uy, vy)), fine);
    for (int row = low; row <= high; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double a = (px * vy - py * vx) / normal[2];
        double b = (ux * py - uy * px) / normal[2];
        if (a < 0 || b < 0 || a + b > 1) {
          continue;
        }
        double z = z0 - (normal[0] * px + normal[1] * py) / normal[2];
        int at = (fine - 1 - row) * fine + column;
        if (z > depth[at]) {
          depth[at] = z;
          shade[at] = gray;
        }
      }
    }
  }

  private static int pixel(double x, int fine) {
    return (int) Math.max(0, Math.min(fine - 1, Math.floor(x)));
  }
}
