package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Vectors of one to four entries with which J can vanish, from the points alone.
 *
 * <p>Inside one activation region of a ReLU network the Jacobian row is affine in γ(x), so it
 * vanishes on affine dependencies of γ: three collinear points (with divided differences as
 * weights) and the corners of a rectangle, for the identity and, within one cell of every level,
 * for a grid. A network without biases is homogeneous: two points on a ray from the origin are
 * dependent, and the origin's row is zero. Points that repeat are dependent for every network.
 */
final class Combinations {
  private final EncodedPoints points;
  private final int d;
  private final List<Combination> found = new ArrayList<>();

  private Combinations(EncodedPoints points, int d) {
    this.points = points;
    this.d = d;
  }

  /**
   * The vectors for {@code points}.
   *
   * @param d dimension of the coordinates, the first entries of γ
   * @param side k when the points are a k × k lattice, v outer, else 0
   */
  static List<Combination> of(EncodedPoints points, int d, int side) {
    Combinations combinations = new Combinations(points, d);
    for (int i = 0; i < points.count(); i++) {
      combinations.found.add(new Combination("single", new int[] {i}, new double[] {1}));
    }
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        combinations.lattice(row, column, side);
      }
    }
    combinations.neighboursOf("ray", combinations::direction);
    combinations.neighboursOf("repeat", combinations::x);
    return combinations.found;
  }

  private void lattice(int row, int column, int side) {
    int at = row * side + column;
    if (column + 2 < side) {
      collinear(at, at + 1, at + 2);
    }
    if (row + 2 < side) {
      collinear(at, at + side, at + 2 * side);
    }
    if (column + 2 < side && row + 2 < side) {
      collinear(at, at + side + 1, at + 2 * side + 2);
    }
    if (column + 1 < side && row + 1 < side) {
      found.add(
          new Combination(
              "block",
              new int[] {at, at + 1, at + side, at + side + 1},
              new double[] {1, -1, -1, 1}));
    }
  }

  /** Weights (x₃ − x₂, x₁ − x₃, x₂ − x₁) along the line annihilate affine functions. */
  private void collinear(int first, int second, int third) {
    double near = distance(first, second);
    double far = distance(second, third);
    double scale = Math.max(near, far);
    if (scale > 0) {
      found.add(
          new Combination(
              "second-difference",
              new int[] {first, second, third},
              new double[] {far / scale, -(near + far) / scale, near / scale}));
    }
  }

  private interface Place {
    double[] of(int point);
  }

  /** Pairs of points that are neighbours in the order of their {@code place} and share it. */
  private void neighboursOf(String kind, Place place) {
    double[][] places = new double[points.count()][];
    for (int i = 0; i < places.length; i++) {
      places[i] = place.of(i);
    }
    Comparator<Integer> order = Comparator.comparingDouble(i -> places[i][0]);
    for (int axis = 1; axis < d; axis++) {
      int by = axis;
      order = order.thenComparingDouble(i -> places[i][by]);
    }
    List<Integer> sorted = IntStream.range(0, places.length).boxed().sorted(order).toList();
    for (int i = 1; i < sorted.size(); i++) {
      int one = sorted.get(i - 1);
      int other = sorted.get(i);
      double difference = 0;
      for (int axis = 0; axis < d; axis++) {
        difference = Math.max(difference, Math.abs(places[one][axis] - places[other][axis]));
      }
      if (difference < 1e-12) {
        double a = norm(one);
        double b = norm(other);
        double[] weights =
            kind.equals("ray") && Math.max(a, b) > 0
                ? new double[] {b / Math.max(a, b), -a / Math.max(a, b)}
                : new double[] {1, -1};
        found.add(new Combination(kind, new int[] {one, other}, weights));
      }
    }
  }

  private double[] x(int point) {
    double[] x = new double[d];
    System.arraycopy(points.fixed(), point * points.fixedDimension(), x, 0, d);
    return x;
  }

  /** x/‖x‖, rounded to 1e-13 so that points on one ray are neighbours in the order. */
  private double[] direction(int point) {
    double[] x = x(point);
    double norm = norm(point);
    for (int axis = 0; axis < d; axis++) {
      x[axis] = norm > 0 ? Math.rint(x[axis] / norm * 1e13) / 1e13 : 0;
    }
    return x;
  }

  private double norm(int point) {
    double square = 0;
    for (double x : x(point)) {
      square += x * x;
    }
    return Math.sqrt(square);
  }

  private double distance(int one, int other) {
    double[] a = x(one);
    double[] b = x(other);
    double square = 0;
    for (int axis = 0; axis < d; axis++) {
      square += (a[axis] - b[axis]) * (a[axis] - b[axis]);
    }
    return Math.sqrt(square);
  }
}
