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
   * @param seed of the trial, from which an encoding's random frequencies come
   * @throws IllegalArgumentException when a coordinate lies outside [0,1]
   */
  public static EncodedPoints encode(Encoding encoding, double[] points, int d, long seed) {
    for (double x : points) {
      if (!(x >= 0 && x <= 1)) {
        throw new IllegalArgumentException("coordinates lie in [0,1], got " + x);
      }
    }
    int count = points.length / d;
    if (encoding instanceof Fourier fourier) {
      double[] encoded = fourier(points, d, fourier.vectors(d, seed));
      return new EncodedPoints(count, fourier.encodedDimension(d), 0, encoded, List.of());
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

  /** The points, and sines and cosines of them at the frequencies {@code vectors}, dL × d. */
  private static double[] fourier(double[] points, int d, double[] vectors) {
    int rows = vectors.length / d;
    int e = d + 2 * rows;
    int count = points.length / d;
    double[] encoded = new double[Math.multiplyExact(count, e)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(points, i * d, encoded, i * e, d);
      for (int row = 0; row < rows; row++) {
        double cycles = fractionOfCycles(vectors, row * d, points, i * d, d);
        // To the nearest quarter, exactly; the rest is at most an eighth of a cycle.
        double quarters = Math.rint(4 * cycles);
        double phase = Math.PI / 2 * (4 * cycles - quarters);
        double sine = StrictMath.sin(phase);
        double cosine = StrictMath.cos(phase);
        int at = i * e + d + row / d * 2 * d + row % d;
        switch (Math.floorMod((int) quarters, 4)) {
          case 0 -> {
            encoded[at] = sine;
            encoded[at + d] = cosine;
          }
          case 1 -> {
            encoded[at] = cosine;
            encoded[at + d] = -sine;
          }
          case 2 -> {
            encoded[at] = -sine;
            encoded[at + d] = -cosine;
          }
          default -> {
            encoded[at] = -cosine;
            encoded[at + d] = sine;
          }
        }
      }
    }
    return encoded;
  }

  /**
   * b·x less whole cycles. Each product is taken apart into its rounded value, whose whole cycles
   * leave exactly, and its rounding error, so that no digit is lost to the cycles before: 2πb·x of
   * 2^23 cycles would be known to 1e-8 only. Along one axis, b a power of two, the result is exact.
   */
  private static double fractionOfCycles(double[] b, int atB, double[] x, int atX, int d) {
    double fraction = 0;
    double errors = 0;
    for (int axis = 0; axis < d; axis++) {
      double product = b[atB + axis] * x[atX + axis];
      fraction += product - Math.rint(product);
      errors += Math.fma(b[atB + axis], x[atX + axis], -product);
    }
    return fraction + errors;
  }
}
