package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.FreeMemory;
import io.eigensweep.linalg.SparseSymmetric;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * An upper bound of λ_min over every point where the kernel has no sparse part that would give a
 * lower one: ‖Jᵀv‖²/‖v‖² of a vector found by the generalised Davidson method (Davidson 1975;
 * Morgan and Scott 1986) on K = JJᵀ, which is never formed. The span of its vectors begins with
 * those of the tiles of neighbours whose smallest eigenvalues are least, and grows by the residuals
 * of the smallest Ritz vectors, solved with the tiles' Cholesky factors. Of all this only the last
 * vector's quotient, computed anew, is a bound.
 */
final class Davidson {
  /** A round that leaves more than this share of the Ritz value is the last. */
  private static final double STALLED = 0.99;

  /** A bound of fewer times what rounding leaves of any vector's is not improved. */
  private static final double NEAR_FLOOR = 3;

  private final AllPoints all;
  private final AllPointsBound.Limits limits;
  private final Blas blas;
  private final Runnable betweenStages;
  private final DavidsonCost cost;
  private final JacobianProducts products;
  private double operations;

  private Davidson(
      AllPoints all,
      AllPointsBound.Limits limits,
      DavidsonCost cost,
      Blas blas,
      Runnable betweenStages) {
    this.all = all;
    this.limits = limits;
    this.blas = blas;
    this.betweenStages = betweenStages;
    this.cost = cost;
    List<Integer> levels = IntStream.range(0, all.points().levels().size()).boxed().toList();
    this.products = new JacobianProducts(all, levels, blas, betweenStages);
  }

  /**
   * The smaller of {@code window}, an upper bound, and what is found within {@code limits}.
   *
   * @param reason why there is no lower bound
   */
  static AllPointsBound improve(
      AllPoints all,
      double window,
      String reason,
      AllPointsBound.Limits limits,
      Blas blas,
      Runnable betweenStages) {
    DavidsonCost cost = DavidsonCost.of(all, limits.bytes());
    if (cost.mostColumns(limits.bytes()) < DavidsonCost.BLOCK
        || cost.operations(0) > limits.operations()) {
      return new AllPointsBound(0, window, 0, 0, reason);
    }
    cost.require(FreeMemory.heap(cost.bytes(DavidsonCost.BLOCK)));
    return new Davidson(all, limits, cost, blas, betweenStages).run(window, reason);
  }

  private AllPointsBound run(double window, String reason) {
    PointScan scan = PointScan.of(all, products, List.of(), blas);
    if (window <= NEAR_FLOOR * scan.floor(products)) {
      return new AllPointsBound(0, window, 0, cost.passOperations(), reason);
    }
    IntermediateProblem problem =
        new IntermediateProblem(new SparseSymmetric.Builder(all.rows()).build(), products, blas);
    IntermediateProblem.Ritz ritz = search(problem);
    double bound = scan.rayleigh(products, ritz.vectors());
    return bound < window
        ? new AllPointsBound(
            0,
            bound,
            0,
            operations,
            String.format(
                Locale.ROOT, "%s; above by %d vectors over all points", reason, problem.columns()))
        : new AllPointsBound(0, window, 0, operations, reason);
  }

  /** The smallest Ritz vector, M × 1. */
  private IntermediateProblem.Ritz search(IntermediateProblem problem) {
    TileFactors tiles = TileFactors.of(all, cost.tile(), blas, betweenStages);
    operations = cost.operations(DavidsonCost.BLOCK);
    problem.extend(tiles.smallest(DavidsonCost.BLOCK));
    double before = Double.POSITIVE_INFINITY;
    IntermediateProblem.Ritz ritz = problem.ritz(DavidsonCost.BLOCK);
    int most = cost.mostColumns(limits.bytes());
    while (ritz.value() < STALLED * before
        && problem.columns() + DavidsonCost.BLOCK <= most
        && operations + cost.round() <= limits.operations()) {
      before = ritz.value();
      DMatrixRMaj more = problem.residuals(ritz);
      tiles.solve(more);
      cost.requireRound(problem.columns());
      problem.extend(more);
      operations += cost.round();
      ritz = problem.ritz(DavidsonCost.BLOCK);
      betweenStages.run();
    }
    return problem.ritz(1);
  }
}
