package io.eigensweep.ntk;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The most that the rank of a kernel can be, from its structure alone.
 *
 * <ul>
 *   <li>The rows of K, and the columns of J that are not zero everywhere.
 *   <li>Points that repeat count once.
 *   <li>ReLU: inside one activation region, and one cell of every grid level, the rows of J lie in
 *       the span of 1, of γ, and of the weights w of the nodes, as functions of x. So m points
 *       there give no more than min(m, n), n the dimension of that span: e + 1 for fixed encodings.
 *       All levels of a grid together have 2^d functions when read linearly and 4^d by cubic
 *       B-splines (polynomials of degree 1 and 3 in each coordinate, whatever the level), d + 1 by
 *       the nearest node (1 and x), and 1 + d + L(2^d − 1) by smoothstep, whose polynomials differ
 *       by level. Where nodes share entries (hashgrid) cells can't be told apart by them, and
 *       nothing is predicted from cells.
 *   <li>Other activations have no such regions: nothing beyond the first two is predicted.
 *   <li>ReLU without biases on the identity: rows are linear instead of affine in a region, and
 *       points on one ray from the origin count once there; the origin not at all.
 * </ul>
 */
final class RankLimit {
  private final ForwardPass pass;
  private final int d;
  private final boolean piecewiseLinear;
  private final int perGroup;

  /**
   * Limits for kernels of {@code pass}.
   *
   * @param activation of the network
   * @param encoding of its points
   * @param d dimension of the coordinates
   */
  RankLimit(ForwardPass pass, Activation activation, Encoding encoding, int d) {
    this.pass = pass;
    this.d = d;
    this.piecewiseLinear = activation == Activation.RELU;
    if (encoding instanceof Multigrid grid) {
      this.perGroup = functionsInCell(grid, d);
    } else if (pass.points().levels().isEmpty()) {
      this.perGroup = homogeneous() ? d : pass.points().fixedDimension() + 1;
    } else {
      this.perGroup = Integer.MAX_VALUE;
    }
  }

  private static int functionsInCell(Multigrid grid, int d) {
    return switch (grid.interpolation()) {
      case LINEAR -> 1 << d;
      case CUBIC_B_SPLINE -> 1 << (2 * d);
      case NEAREST -> d + 1;
      case SMOOTHSTEP -> 1 + d + grid.levels() * ((1 << d) - 1);
    };
  }

  private boolean homogeneous() {
    return !pass.parameters().hasBias()
        && pass.points().levels().isEmpty()
        && pass.points().fixedDimension() == d;
  }

  /** The limit for the kernel of {@code factors}, all or some of the network's. */
  int of(JacobianFactors factors) {
    long byPoints = 0;
    for (Set<List<Double>> group : groups().values()) {
      byPoints += piecewiseLinear ? Math.min(group.size(), perGroup) : group.size();
    }
    long limit = Math.min(factors.rows(), factors.columns());
    return (int) Math.min(limit, byPoints * factors.rowsPerPoint());
  }

  /** The distinct points of every activation region and cell. */
  private Map<List<Object>, Set<List<Double>>> groups() {
    Map<List<Object>, Set<List<Double>>> groups = new HashMap<>();
    for (int i = 0; i < pass.points().count(); i++) {
      List<Double> place = place(i);
      if (!place.isEmpty()) {
        groups.computeIfAbsent(region(i), region -> new HashSet<>()).add(place);
      }
    }
    return groups;
  }

  private List<Object> region(int point) {
    List<Object> region = new ArrayList<>();
    for (var slope : pass.slopes()) {
      java.util.BitSet active = new java.util.BitSet(slope.numCols);
      for (int j = 0; j < slope.numCols; j++) {
        active.set(j, slope.data[point * slope.numCols + j] != 0);
      }
      region.add(active);
    }
    for (var level : pass.points().levels()) {
      List<Integer> nodes = new ArrayList<>();
      for (int at = 0; at < level.perPoint(); at++) {
        nodes.add(level.nodes()[point * level.perPoint() + at]);
      }
      region.add(nodes);
    }
    return region;
  }

  /** The point, or its ray; empty for the origin of a homogeneous network. */
  private List<Double> place(int point) {
    List<Double> place = new ArrayList<>();
    double norm = 0;
    for (int axis = 0; axis < d; axis++) {
      double x = pass.points().fixed()[point * pass.points().fixedDimension() + axis];
      place.add(x);
      norm = Math.max(norm, x);
    }
    if (!homogeneous() || !piecewiseLinear) {
      return place;
    }
    double largest = norm;
    return largest > 0
        ? place.stream().map(x -> Math.rint(x / largest * 1e12) / 1e12).toList()
        : List.of();
  }
}
