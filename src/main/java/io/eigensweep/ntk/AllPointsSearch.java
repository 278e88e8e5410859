package io.eigensweep.ntk;

import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.BandFactor;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlockLanczos;
import io.eigensweep.linalg.FreeMemory;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.SplitInertia;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Encloses λ_min of a network's kernel over any number of points from both sides, without the
 * kernel. K = A + JJᵀ, A the sparse term of the grid's finest levels and J the Jacobian of the
 * rest.
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

  private final AllPoints all;
  private final AllPointsBound.Limits limits;
  private final Blas blas;
  private final Runnable betweenStages;
  private final AllPointsCost cost;
  private final JacobianProducts rest;
  private final PointScan scan;
  private final GridBand band;
  private final IntermediateProblem problem;
  private final double window;
  private double[] memory = {};
  private double smallest;
  private double operations;

  /**
   * How a kernel is taken apart: of the grid's levels as many of the finest are together a band as
   * there is memory for.
   *
   * @param order of the points in the band; null where there is no grid
   * @param levels of the band
   * @param cost of the search; null where there is no band
   * @param reason why there is none
   */
  private record Split(
      GridBand.@Nullable Order order, int levels, @Nullable AllPointsCost cost, String reason) {

    static Split of(AllPoints all, AllPointsBound.Limits limits) {
      int levels = all.points().levels().size();
      if (levels == 0) {
        return new Split(
            null, 0, null, "the encoding has no grid, whose sparse term would give a lower bound");
      }
      GridBand.Order order = GridBand.order(all);
      AllPointsCost whole = costOf(all, levels, order.bandwidth(levels, all.rowsPerPoint()));
      long numbers = gridNumbers(all);
      long lacking = all.rows() - numbers;
      if (whole.lacks(lacking, limits)) {
        String singular =
            String.format(
                Locale.ROOT,
                "the grids' own term is singular: %,d numbers that some point reads for %,d rows",
                numbers,
                all.rows());
        return new Split(order, 0, null, singular);
      }
      long bandwidth = 0;
      for (; levels > 0; levels--) {
        bandwidth = order.bandwidth(levels, all.rowsPerPoint());
        AllPointsCost cost = costOf(all, levels, bandwidth);
        if (cost.fits(limits.bytes())) {
          return new Split(order, levels, cost, "");
        }
      }
      String wide =
          String.format(
              Locale.ROOT,
              "no level of the grid is a band that fits in %,d MiB: the finest has a half"
                  + " bandwidth of %,d",
              limits.bytes() >> 20,
              bandwidth);
      return new Split(order, 0, null, wide);
    }
  }

  /** The bounds. */
  static AllPointsBound search(
      AllPoints all, AllPointsBound.Limits limits, Blas blas, Runnable betweenStages) {
    Split split = Split.of(all, limits);
    if (split.order() == null || split.cost() == null) {
      double window = WindowBound.of(all, blas, betweenStages);
      return Davidson.improve(all, window, split.reason(), limits, blas, betweenStages);
    }
    AllPointsCost cost = split.cost();
    cost.require(FreeMemory.heap(cost.bytes(AllPointsCost.MOST)));
    AllPoints sorted = all.select(split.order().points());
    return new AllPointsSearch(sorted, limits, blas, betweenStages, cost, split.levels()).run();
  }

  /** What the bounds take; null where there can be no lower one. */
  static @Nullable AllPointsCost cost(AllPoints all, AllPointsBound.Limits limits) {
    return Split.of(all, limits).cost();
  }

  /** Columns of the grids' part of J: for {@code mean} and {@code sum} C of each number. */
  private static long gridNumbers(AllPoints all) {
    long nodes = all.points().levels().stream().mapToLong(JacobianFactors::touchedNodes).sum();
    int channels = all.parameters().channels();
    return nodes * all.points().features() * (channels / all.rowsPerPoint());
  }

  private static AllPointsCost costOf(AllPoints all, int levels, long bandwidth) {
    List<Stencils> stencils = all.points().levels();
    return AllPointsCost.of(
        all.network(),
        all.parameters().channels(),
        all.outputs(),
        all.points().count(),
        all.points().encodedDimension(),
        stencils.stream().mapToLong(Stencils::perPoint).sum(),
        bandwidth,
        all.points().features()
            * stencils.subList(0, stencils.size() - levels).stream()
                .mapToLong(Stencils::nodeCount)
                .sum());
  }

  /** Looks at all points, in the order of the band. */
  private AllPointsSearch(
      AllPoints all,
      AllPointsBound.Limits limits,
      Blas blas,
      Runnable betweenStages,
      AllPointsCost cost,
      int levels) {
    this.all = all;
    this.limits = limits;
    this.blas = blas;
    this.betweenStages = betweenStages;
    this.cost = cost;
    int count = all.points().levels().size();
    this.rest = products(count - levels);
    List<Integer> inBand = IntStream.range(count - levels, count).boxed().toList();
    this.scan = PointScan.of(all, rest, inBand, blas);
    this.operations = 3 * cost.passOperations();
    this.band = GridBand.of(scan.band());
    betweenStages.run();
    this.window = WindowBound.of(all, blas, betweenStages);
    this.problem = new IntermediateProblem(band.matrix(), rest, blas);
  }

  /** Products for all layers and the coarsest {@code levels}. */
  private JacobianProducts products(int levels) {
    List<Integer> coarsest = IntStream.range(0, levels).boxed().toList();
    return new JacobianProducts(all, coarsest, blas, betweenStages);
  }

  private AllPointsBound run() {
    double least = cost.bandwidth() * Math.ulp(1.0) * largest() + band.error();
    if (window < least) {
      return unresolved(window, least);
    }
    memory = new double[(int) BandFactor.numbers(cost.rows(), band.matrix().bandwidth())];
    BandFactor first = factor(-1e3 * least); // below all eigenvalues of A, rounded or not
    double floor = first.residual() + band.error();
    if (window < NEAR_FLOOR * floor) {
      return unresolved(window, floor);
    }
    boolean extended = extend(SplitInertia.of(first, problem.f(), blas), FIRST);
    IntermediateProblem.Ritz ritz = problem.ritz(1);
    while (extended) {
      double upper = Math.min(window, ritz.value());
      if (upper < NEAR_FLOOR * floor) {
        return unresolved(upper(ritz), floor);
      }
      BandFactor factor = factor(target(upper));
      boolean stands = true;
      while (stands && extended) {
        SplitInertia inertia = SplitInertia.of(factor, problem.f(), blas);
        int missing = inertia.missing();
        if (missing <= 0) {
          double lower = lower(inertia.proof());
          return lower > 0
              ? result(lower, upper(ritz), "the rounding of J")
              : ended(ritz, "precision");
        }
        int room = cost.columnsWithin(limits.bytes()) - problem.columns();
        if (missing > room) {
          return ended(ritz, "memory");
        }
        int k = Math.min(room, Math.max(FIRST, Math.min(AllPointsCost.MOST, missing + 2)));
        double round = cost.products(missing) + cost.lanczos(k, problem.columns());
        if (operations + round > limits.operations()) {
          return ended(ritz, "budget");
        }
        cost.requireMore(problem.columns(), k);
        extended = extend(inertia, k);
        ritz = problem.ritz(1);
        stands = Math.min(window, ritz.value()) > 0.99 * upper;
      }
    }
    return ended(ritz, "precision");
  }

  /**
   * A shift below {@code upper} whose proof leaves the two as close as is asked for when rounding
   * has been taken from both, where there is one.
   */
  private double target(double upper) {
    double wrong = wrong(Math.sqrt(problem.columns() + (double) AllPointsCost.MOST) + 1);
    double root = (Math.sqrt(upper) + wrong) / Math.sqrt(limits.ratio()) + wrong;
    double needed = root * root * 1.005;
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
  private AllPointsBound ended(IntermediateProblem.Ritz ritz, String what) {
    double lower = 0;
    for (double share : SAFER) {
      if (lower == 0 && smallest > 0) {
        BandFactor factor = factor(share * smallest);
        lower = lower(SplitInertia.of(factor, problem.f(), blas).proof());
      }
    }
    String reason =
        String.format(Locale.ROOT, "the %s ended at %d columns", what, problem.columns());
    return result(lower, upper(ritz), reason);
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
    double square = 1 + problem.excess(); // of Ĝ's norm, which lengthens J's errors
    double wrong = wrong(problem.norm()) * square + proof.moved();
    double root = Math.sqrt(Math.max(0, proof.lower() - band.error())) - wrong;
    return root > 0 ? root * root / square * (1 - 1e-12) : 0;
  }

  /**
   * ‖Jᵀv‖²/‖v‖² of the Ritz vector with all that rounding may have taken from it, or the windows'
   * bound where that is smaller.
   */
  private double upper(IntermediateProblem.Ritz ritz) {
    JacobianProducts whole = products(all.points().levels().size());
    operations += cost.passOperations() + 2.0 * cost.rows() * cost.length();
    return Math.min(window, scan.rayleigh(whole, ritz.vectors()));
  }
}
