package io.eigensweep.encoding;

import java.util.ArrayList;
import java.util.List;

/** Applies an encoding to points. */
public final class Encoder {
  private Encoder() {}

  /**
   * Encodes points of [0,1]^d.
   *
   * @param points N × d, row-major
   * @throws IllegalArgumentException when a coordinate lies outside [0,1]
   */
  public static EncodedPoints encode(Encoding encoding, double[] points, int d) {
    for (double x : points) {
      if (!(x >= 0 && x <= 1)) {
        throw new IllegalArgumentException("coordinates lie in [0,1], got " + x);
      }
    }
    int count = points.length / d;
    if (encoding instanceof Fourier fourier) {
      return new EncodedPoints(
          count, fourier.encodedDimension(d), 0, fourier(points, count, d, fourier), List.of());
    }
    if (encoding instanceof GridEncoding grid) {
      List<Stencils> levels = new ArrayList<>();
      for (int level = 0; level < grid.levels(); level++) {
        levels.add(
            GridStencils.of(
                points, d, grid.cells(level), grid.table(level, d), grid.interpolation()));
      }
      return new EncodedPoints(count, d, grid.features(), points.clone(), levels);
    }
    return new EncodedPoints(count, d, 0, points.clone(), List.of());
  }

  private static double[] fourier(double[] points, int count, int d, Fourier encoding) {
    int e = encoding.encodedDimension(d);
    double[] encoded = new double[Math.multiplyExact(count, e)];
    for (int i = 0; i < count; i++) {
      int at = i * e;
      System.arraycopy(points, i * d, encoded, at, d);
      at += d;
      for (int level = 0; level < encoding.levels(); level++) {
        double frequency = Math.scalb(Math.PI, level);
        for (int axis = 0; axis < d; axis++) {
          double phase = frequency * points[i * d + axis];
          encoded[at + axis] = StrictMath.sin(phase);
          encoded[at + d + axis] = StrictMath.cos(phase);
        }
        at += 2 * d;
      }
    }
    return encoded;
  }
}
