package io.eigensweep.ntk;

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
 *   <li>ReLU: inside one activation region, and one cell of every grid level, the rows of J are
 *       affine in the moving entries of γ, so m points there give no more than min(m, 1 + their
 *       number). A multilinear grid moves inside a cell in 2^d functions, 1 and x among them.
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
   * @param d dimension of the coordinates
   * @param multilinear whether grid levels are read multilinearly
   */
  RankLimit(ForwardPass pass, Activation activation, int d, boolean multilinear) {
    this.pass = pass;
    this.d = d;
    this.piecewiseLinear = activation == Activation.RELU;
    boolean grid = !pass.points().levels().isEmpty();
    int fixed = pass.points().fixedDimension();
    if (!grid) {
      this.perGroup = homogeneous() ? d : fixed + 1;
    } else {
      this.perGroup = multilinear ? 1 << d : Integer.MAX_VALUE;
    }
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
