package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.BandFactor;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlockLanczos;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.SplitInertia;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Encloses λ_min of a network's kernel over any number of points from both sides, without the
 * kernel. K = A + JJᵀ, A the sparse term of the grid's finest levels and J the Jacobian of the rest.
 *
 * <p>Below: λ_min(K) ≥ λ_min(A + FFᵀ) for the F of an {@link IntermediateProblem}, proved by {@link
 * SplitInertia} for a shift just below the upper bound. Above: ‖Jᵀv‖²/‖v‖² for the best vector of
 * the same problem. The eigenvectors of A + FFᵀ below the shift extend F until there are none.
 */
final class AllPointsSearch {
  /** Columns of the first round. */
  private static final int FIRST = 8;

  /** A smallest eigenvalue of fewer floors of the factorisation is not looked for. */
  private static final double NEAR_FLOOR = 3;

  /** Shifts that are tried in the end, relative to the smallest eigenvalue of A + FFᵀ. */
  private static final double[] SAFER = {0.98, 0.9, 0.7, 0.4};

  private final NetworkSettings network;
  private final Parameters parameters;
  private final EncodedPoints points;
  private final int d;
  private final Outputs outputs;
  private final AllPointsBound.Limits limits;
  private final Blas blas;
  private final Runnable betweenStages;

  private AllPointsCost cost;
  private JacobianProducts rest;
  private PointScan scan;
  private GridBand band;
  private IntermediateProblem problem;
  private double[] memory = {};
  private double smallest;
  private double operations;

  /**
   * Prepares a search: the order of the points, and which levels of the grid are taken together as
   * a band, as many of the finest as {@code limits} have memory for.
   */
  static AllPointsBound search(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      int d,
      Outputs outputs,
      AllPointsBound.Limits limits,
      Blas blas,
      Runnable betweenStages) {
    int perPoint = outputs == Outputs.FULL ? parameters.channels() : 1;
    int levels = points.levels().size();
    String reason = "the encoding has no grid, whose sparse term would give a lower bound";
    if (levels > 0) {
      GridBand.Order order = GridBand.order(points, d);
      EncodedPoints sorted = points.select(order.points());
      for (; levels > 0; levels--) {
        long bandwidth = order.bandwidth(levels, perPoint);
        AllPointsCost cost = cost(network, parameters, sorted, outputs, levels, bandwidth);
        if (cost.fits(limits.bytes())) {
          return new AllPointsSearch(
                  network, parameters, sorted, d, outputs, limits, blas, betweenStages, cost)
              .run(levels);
        }
        reason =
            String.format(
                Locale.ROOT,
                "no level of the grid is a band that fits in %,d MiB: the finest has a half"
                    + " bandwidth of %,d",
                limits.bytes() >> 20,
                bandwidth);
      }
    }
    double upper = WindowBound.of(network, parameters, points, d, outputs, blas, betweenStages);
    return new AllPointsBound(0, upper, 0, 0, reason);
  }

  private static AllPointsCost cost(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      Outputs outputs,
      int levels,
      long bandwidth) {
    long stencil = points.levels().stream().mapToLong(Stencils::perPoint).sum();
    int all = points.levels().size();
    int channels = parameters.channels();
    long restNodes =
        points.levels().subList(0, all - levels).stream().mapToLong(Stencils::nodeCount).sum();
    return AllPointsCost.of(
        network,
        channels,
        outputs,
        points.count(),
        points.encodedDimension(),
        stencil,
        bandwidth,
        restNodes * points.features());
  }

  private AllPointsSearch(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      int d,
      Outputs outputs,
      AllPointsBound.Limits limits,
      Blas blas,
      Runnable betweenStages,
      AllPointsCost cost) {
    this.network = network;
    this.parameters = parameters;
    this.points = points;
    this.d = d;
    this.outputs = outputs;
    this.limits = limits;
    this.blas = blas;
    this.betweenStages = betweenStages;
    this.cost = cost;
    this.rest = products(List.of());
    this.scan = new PointScan(0, 0, new JacobianFactors(0, 1, 1, List.of(), List.of()));
    this.band = GridBand.EMPTY;
    this.problem = new IntermediateProblem(band.matrix(), rest, blas);
  }

  private JacobianProducts products(List<Integer> levels) {
    return new JacobianProducts(
        network, parameters, points, outputs, levels, blas, betweenStages);
  }

  private AllPointsBound run(int levels) {
    cost.require(KernelMemory.freeHeap(cost.bytes(AllPointsCost.MOST)));
    int all = points.levels().size();
    List<Integer> inBand = IntStream.range(all - levels, all).boxed().toList();
    rest = products(IntStream.range(0, all - levels).boxed().toList());
    scan = PointScan.of(rest, points, network.activation(), inBand, blas);
    operations += 3 * cost.passOperations();
    band = GridBand.of(scan.band());
    betweenStages.run();
    double window = WindowBound.of(network, parameters, points, d, outputs, blas, betweenStages);
    problem = new IntermediateProblem(band.matrix(), rest, blas);
    double least = cost.bandwidth() * Math.ulp(1.0) * largest() + band.error();
    if (window < least) {
      return unresolved(window, least);
    }
    memory =
        new double
            [Math.toIntExact(BandFactor.numbers(cost.rows(), band.matrix().bandwidth()))];
    BandFactor factor = factor(-1e3 * least); // below all eigenvalues of A, rounded or not
    double floor = factor.residual() + band.error();
    if (window < NEAR_FLOOR * floor) {
      return unresolved(window, floor);
    }
    if (!extend(SplitInertia.of(factor, problem.f(), blas), FIRST)) {
      return ended(problem.ritz(), window, "memory");
    }
    IntermediateProblem.Ritz ritz = problem.ritz();
    while (true) {
      double upper = Math.min(window, ritz.value());
      if (upper < NEAR_FLOOR * floor) {
        return unresolved(Math.min(window, upper(ritz.vector())), floor);
      }
      double target = target(upper);
      factor = factor(target);
      boolean stands = true;
      while (stands) {
        SplitInertia inertia = SplitInertia.of(factor, problem.f(), blas);
        int missing = inertia.missing();
        if (missing <= 0) {
          double proved = lower(inertia.proof());
          return result(proved, Math.min(window, upper(ritz.vector())), "the rounding of J");
        }
        int room = cost.columnsWithin(limits.bytes()) - problem.columns();
        if (missing > room) {
          return ended(ritz, window, "memory");
        }
        int k = Math.min(room, Math.max(FIRST, Math.min(AllPointsCost.MOST, missing + 2)));
        if (operations + cost.products(missing) + cost.lanczos(k, problem.columns())
            > limits.operations()) {
          return ended(ritz, window, "budget");
        }
        if (!extend(inertia, k)) {
          return ended(ritz, window, "precision");
        }
        IntermediateProblem.Ritz next = problem.ritz();
        stands = Math.min(window, next.value()) > 0.99 * upper;
        ritz = next;
      }
    }
  }

  /**
   * A shift below {@code upper} whose proof leaves the two as close as is asked for when rounding
   * has been taken from both, where there is one.
   */
  private double target(double upper) {
    double wrong = wrong(Math.sqrt(problem.columns() + (double) AllPointsCost.MOST) + 1);
    double needed =
        Math.pow((Math.sqrt(upper) + wrong) / Math.sqrt(limits.ratio()) + wrong, 2) * 1.005;
    double usual = upper / (1 + 0.85 * (limits.ratio() - 1));
    return needed > usual && needed < 0.99 * upper ? needed : usual;
  }

  /** What J and its products with vectors of this norm together are wrong by. */
  private double wrong(double norm) {
    return scan.evaluation() + rest.unit() * Math.sqrt(scan.trace()) * norm;
  }

  private double largest() {
    double largest = 0;
    for (double value : band.matrix().values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private BandFactor factor(double shift) {
    operations += cost.factorisation();
    BandFactor factor = BandFactor.of(band.matrix(), shift, memory, blas);
    betweenStages.run();
    return factor;
  }

  /** Adds k vectors; false where they are none but rounding. */
  private boolean extend(SplitInertia inertia, int k) {
    int before = problem.columns();
    DMatrixRMaj start = new DMatrixRMaj((int) cost.rows(), k);
    RandomStream random = RandomStream.of("ntk/all-points", before);
    for (int i = 0; i < start.getNumElements(); i++) {
      start.data[i] = random.nextGaussian();
    }
    operations += cost.lanczos(k, before) + cost.products(k);
    BlockLanczos lanczos =
        BlockLanczos.of(
            right -> {
              betweenStages.run();
              inertia.solve(right);
            },
            start,
            AllPointsCost.STEPS,
            blas);
    // Those of 1/(λ − σ): λ below σ first, by the smallest λ, then λ above, by the smallest.
    double[] inverses = lanczos.values();
    double[] values = new double[inverses.length];
    for (int i = 0; i < values.length; i++) {
      double distance = 1 / inverses[i];
      values[i] = inertia.shift() + (inverses[i] == 0 ? Double.MAX_VALUE : distance);
    }
    int[] chosen =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .limit(k)
            .mapToInt(Integer::intValue)
            .toArray();
    smallest = values[chosen[0]];
    problem.extend(lanczos.columns(chosen, blas));
    return problem.columns() > before;
  }

  private AllPointsBound unresolved(double upper, double floor) {
    return result(
        0,
        upper,
        String.format(
            Locale.ROOT,
            "below what the rounding of the grid term's factors leaves to be proved, %.1e",
            floor));
  }

  /** What can be proved with the columns that there are. */
  private AllPointsBound ended(IntermediateProblem.Ritz ritz, double window, String what) {
    double upper = Math.min(window, upper(ritz.vector()));
    double lower = 0;
    for (double share : SAFER) {
      if (lower == 0 && smallest > 0) {
        BandFactor factor = factor(share * smallest);
        lower = lower(SplitInertia.of(factor, problem.f(), blas).proof());
      }
    }
    String reason = String.format(Locale.ROOT, "the %s ended at %d columns", what, problem.columns());
    return result(lower, upper, reason);
  }

  private AllPointsBound result(double lower, double upper, String reason) {
    if (lower > upper) {
      String contradiction = SpectrumBuilder.CONTRADICTION + "split";
      return new AllPointsBound(0, lower, problem.columns(), operations, contradiction);
    }
    boolean close = upper <= limits.ratio() * lower;
    return new AllPointsBound(lower, upper, problem.columns(), operations, close ? "" : reason);
  }

  /** σ_min([J_A, J·Ĝ]) moves by no more than the norm of what its blocks are wrong by. */
  private double lower(SplitInertia.Proof proof) {
    double wrong = wrong(problem.norm()) + proof.moved();
    double root = Math.sqrt(Math.max(0, proof.lower() - band.error())) - wrong;
    return root > 0 ? root * root / (1 + problem.excess()) * (1 - 1e-12) : 0;
  }

  /** ‖Jᵀv‖²/‖v‖² with all that rounding may have taken from it. */
  private double upper(DMatrixRMaj v) {
    int levels = points.levels().size();
    JacobianProducts all = products(IntStream.range(0, levels).boxed().toList());
    Directions g = all.transposed(v);
    operations += cost.passOperations() + 2.0 * cost.rows() * g.length();
    double norm = 0;
    for (double entry : v.data) {
      norm += entry * entry;
    }
    double above = Math.sqrt(g.square() / norm) + wrong(1);
    return above * above * (1 + 1e-9);
  }
}
