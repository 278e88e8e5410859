package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.SparseSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The grid term κ²·Σ_levels (w·w')(g·g') of a kernel as a sparse matrix: two points meet only where
 * their stencils share a node.
 *
 * @param matrix the computed entries
 * @param error bound of the norm of what rounding did to them
 */
record GridBand(SparseSymmetric matrix, double error) {

  private static final Comparator<Order> SHORTER =
      Comparator.comparingInt((Order order) -> Collections.max(order.reaches()))
          .thenComparingInt(order -> order.reaches().get(order.reaches().size() - 1));

  /** An order of points and how far apart in it points are that share a node, for each level. */
  @SuppressWarnings("ArrayRecordComponent") // made and read once
  record Order(int[] points, List<Integer> reaches) {
    /** The half bandwidth of the sum of the {@code levels} finest levels for M = N·o rows. */
    long bandwidth(int levels, int rowsPerPoint) {
      int reach =
          reaches.subList(reaches.size() - levels, reaches.size()).stream()
              .mapToInt(Integer::intValue)
              .max()
              .orElse(0);
      return (reach + 1L) * rowsPerPoint - 1;
    }
  }

  /**
   * The points by one coordinate, then by the others; of all coordinates that for which the
   * coarsest level reaches least far, then the finest.
   */
  static Order order(AllPoints all) {
    int d = all.dimensions();
    EncodedPoints points = all.points();
    Order best = null;
    for (int axis = d - 1; axis >= 0; axis--) {
      Integer[] sorted = IntStream.range(0, points.count()).boxed().toArray(Integer[]::new);
      int major = axis;
      Arrays.sort(sorted, (a, b) -> compare(all, major, a, b));
      int[] order = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
      List<Integer> reaches = new ArrayList<>();
      for (Stencils level : points.levels()) {
        reaches.add(reach(level, order));
      }
      Order candidate = new Order(order, reaches);
      if (best == null || SHORTER.compare(candidate, best) < 0) {
        best = candidate;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("points have at least one coordinate");
    }
    return best;
  }

  private static int compare(AllPoints all, int major, int a, int b) {
    int d = all.dimensions();
    for (int step = 0; step < d; step++) {
      int axis = (major + d - step) % d;
      int order = Double.compare(all.coordinate(a, axis), all.coordinate(b, axis));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a, b);
  }

  private static int reach(Stencils level, int[] order) {
    int[] first = new int[level.nodeCount()];
    Arrays.fill(first, -1);
    int reach = 0;
    for (int place = 0; place < order.length; place++) {
      int from = order[place] * level.perPoint();
      for (int entry = from; entry < from + level.perPoint(); entry++) {
        int node = level.nodes()[entry];
        if (first[node] < 0) {
          first[node] = place;
        }
        reach = Math.max(reach, place - first[node]);
      }
    }
    return reach;
  }

  /**
   * The sum of some levels.
   *
   * @param factors with these levels alone, over all points
   */
  static GridBand of(JacobianFactors factors) {
    int o = factors.rowsPerPoint();
    int n = factors.points();
    List<StencilProducts> products =
        factors.levels().stream().map(level -> new StencilProducts(level.stencils())).toList();
    double scale = factors.scale() * factors.scale();
    double[] overlaps = new double[n];
    double[] values = new double[n * o];
    double[] sizes = new double[n * o];
    double[] rowSizes = new double[n * o];
    int[] met = new int[n];
    boolean[] seen = new boolean[n];
    SparseSymmetric.Builder builder = new SparseSymmetric.Builder(n * o);
    for (int i = 0; i < n; i++) {
      int count = 0;
      for (StencilProducts level : products) {
        count = level.neighbours(i, seen, met, count);
      }
      Arrays.sort(met, 0, count);
      for (int c = 0; c < o; c++) {
        int row = i * o + c;
        for (int level = 0; level < products.size(); level++) {
          if (c == 0 || products.size() > 1) {
            products.get(level).addRow(i, overlaps);
          }
          addLevel(factors.levels().get(level), row, o, met, count, overlaps, values, sizes);
          if (c == o - 1 || products.size() > 1) {
            clear(overlaps, met, count);
          }
        }
        for (int at = 0; at < count; at++) {
          for (int column = met[at] * o; column < (met[at] + 1) * o; column++) {
            if (column >= row) {
              builder.add(column, scale * values[column]);
              rowSizes[row] += scale * sizes[column];
              rowSizes[column] += column == row ? 0 : scale * sizes[column];
            }
            values[column] = 0;
            sizes[column] = 0;
          }
        }
        builder.endRow();
      }
      for (int at = 0; at < count; at++) {
        seen[met[at]] = false;
      }
    }
    // Sums of s products of weights and of q of gradients, over L levels, each term rounded.
    int terms = 2 * factors.levels().size() + factors.longestProduct() + 8;
    for (JacobianFactors.Level level : factors.levels()) {
      terms += level.stencils().perPoint() * level.stencils().perPoint();
    }
    double largest = Arrays.stream(rowSizes).max().orElse(0);
    return new GridBand(builder.build(), terms * Math.ulp(1.0) * largest);
  }

  private static void addLevel(
      JacobianFactors.Level level,
      int row,
      int o,
      int[] met,
      int count,
      double[] overlaps,
      double[] values,
      double[] sizes) {
    double[] g = level.gradient().data;
    int k = level.gradient().numCols;
    for (int at = 0; at < count; at++) {
      double overlap = overlaps[met[at]];
      if (overlap == 0) {
        continue;
      }
      for (int column = met[at] * o; column < (met[at] + 1) * o; column++) {
        double product = 0;
        double size = 0;
        for (int i = 0; i < k; i++) {
          double term = g[row * k + i] * g[column * k + i];
          product += term;
          size += Math.abs(term);
        }
        values[column] += overlap * product;
        sizes[column] += Math.abs(overlap) * size;
      }
    }
  }

  private static void clear(double[] overlaps, int[] met, int count) {
    for (int at = 0; at < count; at++) {
      overlaps[met[at]] = 0;
    }
  }
}
