package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.BandFactor;
import io.eigensweep.linalg.BlockLanczos;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.SplitInertia;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Encloses λ_min of a network's kernel over any number of points from both sides, without the
 * kernel. K = A + JJᵀ, A the sparse term of the grid's levels and J the Jacobian of all else.
 *
 * <p>Below: λ_min(K) ≥ λ_min(A + FFᵀ) for the F of an {@link IntermediateProblem}, proved by {@link
 * SplitInertia} for a shift just below the upper bound. Above: ‖Jᵀv‖²/‖v‖² for the best vector of
 * the same problem. What violates the shift, the eigenvectors of A + FFᵀ below it, extends F until
 * nothing does.
 */
public final class AllPointsSearch {
  private static final int STEPS = 8;
  private static final int FEWEST = 8;
  private static final int MOST = 32;

  private final NetworkSettings network;
  private final Parameters parameters;
  private final EncodedPoints points;
  private final int d;
  private final Outputs outputs;
  private final AllPointsBound.Limits limits;
  private final Blas blas;
  private final Runnable betweenStages;
  private double operations;

  public static boolean debug;

  private static void log(String format, Object... values) {
    if (debug) {
      System.err.printf(Locale.ROOT, "%.1f " + format + "%n", prepend(System.nanoTime() / 1e9 % 10000, values));
    }
  }

  private static Object[] prepend(Object first, Object[] rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private AllPointsSearch(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      int d,
      Outputs outputs,
      AllPointsBound.Limits limits,
      Blas blas,
      Runnable betweenStages) {
    this.network = network;
    this.parameters = parameters;
    this.points = points;
    this.d = d;
    this.outputs = outputs;
    this.limits = limits;
    this.blas = blas;
    this.betweenStages = betweenStages;
  }

  public static AllPointsBound of(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      int d,
      Outputs outputs,
      AllPointsBound.Limits limits,
      Blas blas,
      Runnable betweenStages) {
    GridBand.Order order = GridBand.order(points, d);
    EncodedPoints sorted = points.select(order.points());
    AllPointsSearch search =
        new AllPointsSearch(
            network, parameters, sorted, d, outputs, limits, blas, betweenStages);
    return search.run(order);
  }

  private AllPointsBound run(GridBand.Order order) {
    int perPoint = outputs == Outputs.FULL ? parameters.channels() : 1;
    int all = points.levels().size();
    int levels = all;
    long rows = (long) points.count() * perPoint;
    while (levels > 0
        && BandFactor.bytes(rows, order.bandwidth(levels, perPoint)) > limits.bytes()) {
      levels--;
    }
    log("levels %d of %d, bandwidth %d", levels, all, order.bandwidth(levels, perPoint));
    if (levels == 0) {
      return oneSided(all == 0 ? "the encoding has no grid" : "no level is sparse");
    }
    int sparseLevels = levels;
    List<Integer> restLevels = IntStream.range(0, all - levels).boxed().toList();
    List<Integer> bandLevels = IntStream.range(all - levels, all).boxed().toList();
    JacobianProducts rest =
        new JacobianProducts(network, parameters, points, outputs, restLevels, blas);
    Scan scan = new Scan(rest, bandLevels);
    betweenStages.run();
    GridBand band = GridBand.of(scan.band(points));
    log("sparse entries %d, error %.2e, eta*sqrt(tr) %.2e tr %.3e", band.matrix().values().length, band.error(), scan.evaluation, scan.trace);
    betweenStages.run();
    double[] memory = new double[Math.toIntExact(BandFactor.numbers(rows, band.matrix().bandwidth()))];
    IntermediateProblem problem = new IntermediateProblem(band.matrix(), rest, blas);
    double norm = 0;
    for (double value : band.matrix().values()) {
      norm = Math.max(norm, Math.abs(value));
    }
    double shift = -1e3 * (band.matrix().bandwidth() + 8) * Math.ulp(1.0) * norm;
    BandFactor factor = BandFactor.of(band.matrix(), shift, memory, blas);
    log("factored at %.3e: negatives %d residual %.3e", shift, factor.negatives(), factor.residual());
    SplitInertia inertia = SplitInertia.of(factor, problem.f(), blas);
    DMatrixRMaj x = lowest(inertia, shift, 16, STEPS);
    problem.extend(x);
    IntermediateProblem.Ritz ritz = problem.ritz();
    log("ritz %.6e columns %d", ritz.value(), problem.columns());
    for (int round = 0; round < 20; round++) {
      double target = ritz.value() / (1 + 0.85 * (limits.ratio() - 1));
      factor = BandFactor.of(band.matrix(), target, memory, blas);
      log("factored at %.6e: negatives %d residual %.3e", target, factor.negatives(), factor.residual());
      while (true) {
        inertia = SplitInertia.of(factor, problem.f(), blas);
        int missing = inertia.missing();
        log("  columns %d missing %d", problem.columns(), missing);
        if (missing <= 0) {
          SplitInertia.Proof proof = inertia.proof();
          double upper = upper(ritz.vector());
          double lower = lower(proof, problem, rest, scan, band);
          log("proof %.6e moved %.3e excess %.3e -> lower %.6e upper %.6e ratio %.4f", proof.lower(), proof.moved(), problem.excess(), lower, upper, upper / lower);
          return new AllPointsBound(lower, upper, problem.columns(), operations, "");
        }
        int k = Math.max(FEWEST, Math.min(MOST, missing + 4));
        x = lowest(inertia, target, k, STEPS);
        problem.extend(x);
        IntermediateProblem.Ritz next = problem.ritz();
        log("  ritz %.6e columns %d", next.value(), problem.columns());
        boolean moved = next.value() < 0.99 * ritz.value();
        ritz = next;
        if (moved) {
          break;
        }
      }
    }
    return oneSided("gave up");
  }

  private double lower(
      SplitInertia.Proof proof,
      IntermediateProblem problem,
      JacobianProducts rest,
      Scan scan,
      GridBand band) {
    double below = proof.lower() - band.error();
    double wrong =
        scan.evaluation
            + rest.unit() * Math.sqrt(scan.trace) * problem.norm()
            + proof.moved();
    double root = Math.sqrt(Math.max(0, below)) - wrong;
    return root > 0 ? root * root / (1 + problem.excess()) * (1 - 1e-12) : 0;
  }

  private double upper(DMatrixRMaj v) {
    JacobianProducts all =
        new JacobianProducts(
            network,
            parameters,
            points,
            outputs,
            IntStream.range(0, points.levels().size()).boxed().toList(),
            blas);
    Scan scan = new Scan(all, List.of());
    Directions g = all.transposed(v);
    double norm = 0;
    for (double entry : v.data) {
      norm += entry * entry;
    }
    norm = Math.sqrt(norm);
    double above =
        Math.sqrt(g.square()) / norm + scan.evaluation + all.unit() * Math.sqrt(scan.trace);
    return above * above * (1 + 1e-9);
  }

  private DMatrixRMaj lowest(SplitInertia inertia, double shift, int k, int steps) {
    DMatrixRMaj start = new DMatrixRMaj(points.count() * (outputs == Outputs.FULL ? parameters.channels() : 1), k);
    RandomStream random = RandomStream.of("ntk/all-points", k);
    for (int i = 0; i < start.getNumElements(); i++) {
      start.data[i] = random.nextGaussian();
    }
    BlockLanczos lanczos = BlockLanczos.of(inertia::solve, start, steps, blas);
    List<Integer> order = new ArrayList<>(IntStream.range(0, lanczos.values().length).boxed().toList());
    order.sort(java.util.Comparator.comparingDouble(i -> lanczos.values()[i] < 0 ? shift + 1 / lanczos.values()[i] : 1e300 / lanczos.values()[i]));
    int[] chosen = order.stream().limit(k).mapToInt(Integer::intValue).toArray();
    if (debug) {
      StringBuilder text = new StringBuilder();
      for (int i : chosen) {
        text.append(String.format(Locale.ROOT, "%.3e ", shift + 1 / lanczos.values()[i]));
      }
      log("  lowest %s", text);
    }
    return lanczos.columns(chosen, blas);
  }

  private AllPointsBound oneSided(String reason) {
    double upper =
        WindowBound.of(network, parameters, points, d, outputs, blas, betweenStages);
    return new AllPointsBound(0, upper, 0, operations, reason);
  }

  /** One look at all points. */
  private final class Scan {
    private final List<JacobianFactors.Level> gathered = new ArrayList<>();
    private final List<Integer> bandLevels;
    private double trace;
    private double evaluation;
    private double scale;

    Scan(JacobianProducts products, List<Integer> bandLevels) {
      this.bandLevels = bandLevels;
      int rows = products.rows();
      double[] square = new double[1];
      products.forEachChunk(
          (from, pass, factors) -> {
            double own = trace(factors);
            double eta =
                EvaluationError.of(pass, network.activation(), blas.epsilon(), blas).whole();
            trace += own;
            square[0] += eta * eta * own;
            scale = factors.scale();
            for (int i = 0; i < bandLevels.size(); i++) {
              DMatrixRMaj g = factors.levels().get(bandLevels.get(i)).gradient();
              if (gathered.size() == i) {
                gathered.add(
                    new JacobianFactors.Level(
                        new DMatrixRMaj(rows, g.numCols), points.levels().get(bandLevels.get(i))));
              }
              System.arraycopy(
                  g.data,
                  0,
                  gathered.get(i).gradient().data,
                  from * factors.rowsPerPoint() * g.numCols,
                  g.getNumElements());
            }
          });
      evaluation = Math.sqrt(square[0]) * (1 + 1e-6);
      trace *= 1 + 1e-6;
    }

    JacobianFactors band(EncodedPoints all) {
      int o = gathered.get(0).gradient().numRows / all.count();
      return new JacobianFactors(all.count(), o, scale, List.of(), gathered);
    }

    private double trace(JacobianFactors factors) {
      double sum = 0;
      for (JacobianFactors.Layer layer : factors.layers()) {
        double s = layer.scale().weight();
        double t = layer.scale().bias();
        for (int row = 0; row < factors.rows(); row++) {
          double input = square(layer.input(), row / factors.rowsPerPoint());
          sum += square(layer.delta(), row) * (s * s * input + t * t);
        }
      }
      for (JacobianFactors.Level level : factors.levels()) {
        for (int row = 0; row < factors.rows(); row++) {
          sum += square(level.gradient(), row);
        }
      }
      return factors.scale() * factors.scale() * sum;
    }

    private double square(DMatrixRMaj matrix, int row) {
      double sum = 0;
      for (int j = row * matrix.numCols; j < (row + 1) * matrix.numCols; j++) {
        sum += matrix.data[j] * matrix.data[j];
      }
      return sum;
    }
  }
}
