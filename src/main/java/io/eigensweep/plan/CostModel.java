package io.eigensweep.plan;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.encoding.Identity;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.ntk.AllPointsCost;
import io.eigensweep.ntk.JacobianRoute;
import io.eigensweep.ntk.Method;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.Precision;
import io.eigensweep.ntk.TrainingKernelCost;
import io.eigensweep.settings.Names;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.trial.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations, seconds and bytes of a trial from its fields alone.
 *
 * <p><b>Training</b>, per sample, P the network's numbers and P₁ the weights of its first layer: 2P
 * forward, 2P for the gradients of the numbers, 2(P − P₁) for those of the layers' inputs, and 2P₁
 * more where the encoding learns. A learning encoding also reads 2^d values (more or less by its
 * interpolation) for each of its entries in the forward pass and writes them in the backward pass.
 *
 * <p><b>Kernel</b>, per checkpoint, N points, C outputs, K of M rows (M = N, or NC for {@code
 * full}); a Gram matrix of rows of length n costs half of 2N²n, being symmetric: one pass forward
 * and C backward over the points; N²·n for the inputs of every layer; for the δ of the hidden
 * layers C·N²·width each, but N²·width for the last, which collapses over the outputs; C·N² for
 * every entry that grids give; with {@code full} C² stands for C and nothing collapses. Then 4/3·M³
 * for the eigenvalues of every term (total, and mlp and grid where the encoding learns). Windows
 * take a kernel and a Cholesky factor each, those that are smaller than all before the eigenvalues
 * of their total, and that which counts as much as the sample; bounds over all training points what
 * {@link TrainingKernelCost} says. The learning-rate limit takes about {@value #LANCZOS_STEPS}
 * products with K_full at 8P per point.
 *
 * <p><b>Evaluation</b>: 2P per pixel for every PSNR of the curve, and about {@value
 * #METRIC_FLOPS_PER_VALUE} operations per value for SSIM and MS-SSIM. A surface's field is
 * evaluated in float64 at 2P for each held-out point and each node of the marching cubes.
 */
public final class CostModel {
  private static final int LANCZOS_STEPS = 6;
  private static final int METRIC_FLOPS_PER_VALUE = 500;

  /** Reading and decoding the picture, opening and committing the row. */
  private static final double FIXED_SECONDS = 0.05;

  /** Numbers per second that a pass of an update rule reads or writes. */
  private static final double RULE_RATE = 2e9;

  /** Distance and sign against a mesh of 70,000 triangles. */
  private static final double SECONDS_PER_QUERY = 15e-6;

  /** What the Jacobian route's factorisations reach of the float64 product: 19 of 34 GFLOP/s. */
  private static final double JACOBIAN_SHARE = 0.57;

  private static final String ALL = "";
  private static final Times UNFITTED = new Times(1, 1, 1);

  private final Rates nativeRates;
  private final Rates javaRates;

  /** Measured over expected seconds by type of encoding; empty before anything was measured. */
  private final Map<String, Times> factors;

  /**
   * A model with the given rates.
   *
   * @param nativeRates for trials that ask for {@code auto} or {@code native}
   * @param javaRates for trials that ask for {@code java}
   */
  public CostModel(Rates nativeRates, Rates javaRates) {
    this(nativeRates, javaRates, Map.of());
  }

  private CostModel(Rates nativeRates, Rates javaRates, Map<String, Times> factors) {
    this.nativeRates = nativeRates;
    this.javaRates = javaRates;
    this.factors = factors;
  }

  /**
   * This model with each part of the time, for each type of encoding, multiplied by what {@code
   * observations} took over what this model expects of them. Encodings that were not observed take
   * the factors of all together.
   */
  public CostModel fittedTo(List<Observation> observations) {
    Map<String, Times> expected = new HashMap<>();
    Map<String, Times> measured = new HashMap<>();
    for (Observation seen : observations) {
      Shape shape = Shape.of(seen.trial());
      Times expectation = times(seen.trial(), shape, Work.of(seen.trial(), shape));
      Times measurement =
          new Times(
              seen.trainSeconds(),
              seen.ntkSeconds(),
              Math.max(0, seen.wallSeconds() - seen.trainSeconds() - seen.ntkSeconds()));
      for (String key : List.of(ALL, type(seen.trial()))) {
        expected.merge(key, expectation, Times::plus);
        measured.merge(key, measurement, Times::plus);
      }
    }
    Map<String, Times> fitted = new HashMap<>();
    measured.forEach(
        (key, times) -> fitted.put(key, times.over(Objects.requireNonNull(expected.get(key)))));
    return new CostModel(nativeRates, javaRates, Map.copyOf(fitted));
  }

  private static String type(Trial trial) {
    return Names.typeName(trial.encoding().getClass());
  }

  /** The model with the nominal rates, before anything was measured. */
  public static CostModel nominal() {
    return new CostModel(Rates.NATIVE, Rates.JAVA);
  }

  /**
   * What a trial does, in operations but where said.
   *
   * @param steps of training
   * @param touches grid values that steps read and write
   * @param passes over the picture for the curve and at the end
   * @param judged passes in float64 for a surface
   * @param metrics of the finished picture
   * @param products for kernels
   * @param eigenvalues of kernels
   * @param bounds over all training points, null without
   */
  private record Work(
      double steps,
      double touches,
      double passes,
      double judged,
      double metrics,
      double products,
      double eigenvalues,
      @Nullable TrainingKernelCost bounds) {

    static Work of(Trial trial, Shape shape) {
      double samples = shape.pixels() * trial.training().epochs();
      return new Work(
          samples * stepFlopsPerSample(shape),
          samples * 2 * shape.touched(),
          evaluations(trial) * shape.pixels() * 2 * shape.network(),
          shape.judged() * 2 * shape.network(),
          shape.pixels() * shape.channels() * METRIC_FLOPS_PER_VALUE,
          kernelProducts(trial, shape),
          eigenFlops(trial, shape),
          trainingKernel(trial, shape));
    }

    double operations() {
      return steps
          + 2 * touches
          + passes
          + metrics
          + judged
          + products
          + eigenvalues
          + (bounds == null ? 0 : bounds.operations());
    }
  }

  /** The expected cost of {@code trial}. */
  public Cost of(Trial trial) {
    Shape shape = Shape.of(trial);
    Work work = Work.of(trial, shape);
    Times all = factors.getOrDefault(ALL, UNFITTED);
    Times factor = factors.getOrDefault(type(trial), all);
    return new Cost(
        (long) work.operations(),
        times(trial, shape, work).times(factor).total(),
        Memory.of(trial).total());
  }

  private static double evaluations(Trial trial) {
    return trial.training().epochs() / (double) trial.training().psnrEvery() + 2;
  }

  /** The expected seconds before any fit. */
  private Times times(Trial trial, Shape shape, Work work) {
    Rates rates = trial.linalg().blas() == BlasChoice.JAVA ? javaRates : nativeRates;
    double matrix = rates.sgemm() * rates.share(trial.network().width());
    double steps = shape.pixels() * trial.training().epochs() / trial.training().batchSize();
    return new Times(
        work.steps() / matrix
            + work.touches() / rates.touch()
            + steps * ruleTouches(trial, shape) / RULE_RATE,
        work.products() / rates.dgemm()
            + work.eigenvalues() / rates.eigen()
            + jacobianFlops(trial, shape) / (JACOBIAN_SHARE * rates.dgemm())
            + (work.bounds() == null ? 0 : work.bounds().seconds(rates.dgemm())),
        FIXED_SECONDS
            + work.passes() / matrix
            + evaluations(trial) * shape.pixels() * shape.touched() / rates.touch()
            + work.metrics() / rates.scalar()
            + work.judged() / rates.dgemm()
            + queries(trial) * SECONDS_PER_QUERY);
  }

  /**
   * Numbers that the update rule itself reads and writes in a step, beyond the batch's grid nodes.
   */
  private static double ruleTouches(Trial trial, Shape shape) {
    int kept = trial.training().optimizer().numbersPerParameter();
    return kept == 0 ? 0 : (kept + 2) * shape.trainable(); // with the number and its gradient
  }

  /** Points whose distance to a surface, or side of it, is computed. */
  private static double queries(Trial trial) {
    if (!(trial.signal() instanceof Signal.MeshFile mesh)) {
      return 0;
    }
    SurfaceSampling sampling = mesh.sampling();
    return sampling.samples() + 2.0 * sampling.heldOut() + 2.0 * sampling.surfacePoints();
  }

  /** Necessary operations of training per sample. */
  static double stepFlopsPerSample(Shape shape) {
    double inputGradients = shape.network() - (shape.learns() ? 0 : shape.first());
    return 4 * shape.network() + 2 * inputGradients;
  }

  private static double kernelProducts(Trial trial, Shape shape) {
    double points = shape.points();
    boolean full = trial.ntk().outputs() == Outputs.FULL;
    double outputs = full ? shape.channels() * shape.channels() : shape.channels();
    double passes = points * 2 * shape.network() * (1 + shape.channels());
    double inputs = shape.encoded() + shape.hidden() * shape.width();
    double deltas =
        full
            ? outputs * shape.hidden() * shape.width()
            : (outputs * (shape.hidden() - 1) + 1) * shape.width();
    double gram = points * points * (inputs + deltas + outputs * shape.interpolated());
    double limit = LANCZOS_STEPS * points * 8 * shape.network();
    int searched = searched(trial, shape);
    int kernels = 1 + searched + counting(trial, shape);
    double rows = kernelRows(trial, shape);
    double comparisons = searched * rows * rows * rows / 3;
    return trial.ntk().epochs().size() * (kernels * (passes + gram) + comparisons) + limit;
  }

  /** Windows whose kernels are computed to find the one that counts. */
  private static int searched(Trial trial, Shape shape) {
    Integer windows = trial.ntk().points().windows();
    return windows == null || windows == 1 || isWhole(shape) ? 0 : windows;
  }

  /** Of so many numbers in random order, how many are smaller than all before, on average. */
  private static double records(int numbers) {
    double records = 0;
    for (int i = 1; i <= numbers; i++) {
      records += 1.0 / i;
    }
    return records;
  }

  /** 1 where a window has all spectra beside the sample, else 0. */
  private static int counting(Trial trial, Shape shape) {
    return trial.ntk().points().windows() == null || isWhole(shape) ? 0 : 1;
  }

  /** Whether a kernel of the sample's size is that of all training points. */
  private static boolean isWhole(Shape shape) {
    return shape.points() >= shape.pixels();
  }

  /** What bounds over all training points take; null where they are not asked for. */
  static @Nullable TrainingKernelCost trainingKernel(Trial trial, Shape shape) {
    NtkSettings ntk = trial.ntk();
    if (ntk.points().pattern() != Pattern.ALL || ntk.epochs().isEmpty() || isWhole(shape)) {
      return null;
    }
    boolean learns = trial.encoding() instanceof GridEncoding;
    if (learns && shape.columns() == 0) {
      return TrainingKernelCost.most(ntk);
    }
    AllPointsCost split =
        trial.encoding() instanceof GridEncoding grid
            ? AllPointsCost.ofPicture(
                trial.network(),
                grid,
                shape.columns(),
                shape.rows(),
                shape.channels(),
                ntk.outputs(),
                ntk.points().limits().bytes())
            : null;
    double rows = shape.pixels() * (ntk.outputs() == Outputs.FULL ? shape.channels() : 1);
    AllPointsCost whole =
        trial.encoding() instanceof Identity
            ? null
            : AllPointsCost.withoutBand(
                trial.network(),
                trial.encoding(),
                (long) shape.pixels(),
                shape.dimensions(),
                shape.channels(),
                ntk.outputs());
    double numbers =
        (double) trial.encoding().parameterCount(shape.dimensions())
            * shape.channels()
            * shape.pixels()
            / rows;
    return TrainingKernelCost.of(ntk, (long) rows, learns, split, numbers, whole);
  }

  /** Operations of the Jacobian route, at every checkpoint: an upper estimate with {@code auto}. */
  private static double jacobianFlops(Trial trial, Shape shape) {
    if (!takesJacobian(trial, shape)) {
      return 0;
    }
    double once = JacobianRoute.operations(kernelRows(trial, shape), jacobianColumns(trial, shape));
    boolean always = trial.ntk().method() == Method.JACOBIAN;
    int checkpoints = trial.ntk().epochs().size();
    int kernels = checkpoints + counting(trial, shape) * (always ? checkpoints : 1);
    return kernels * once * (always && shape.learns() ? 2 : 1);
  }

  /**
   * Whether the Jacobian route is expected. With {@code auto} it is for the identity alone, whose
   * kernel is singular once several points share an activation region, and never above the budget.
   */
  static boolean takesJacobian(Trial trial, Shape shape) {
    NtkSettings ntk = trial.ntk();
    if (ntk.method() == Method.GRAM
        || ntk.precision() == Precision.FLOAT
        || ntk.epochs().isEmpty()) {
      return false;
    }
    double seconds = JacobianRoute.seconds(kernelRows(trial, shape), jacobianColumns(trial, shape));
    return ntk.method() == Method.JACOBIAN
        || (trial.encoding() instanceof Identity && seconds <= ntk.jacobianBudget());
  }

  private static double jacobianColumns(Trial trial, Shape shape) {
    double stacked = trial.ntk().outputs() == Outputs.FULL ? 1 : shape.channels();
    return stacked * shape.first()
        + (stacked * Math.max(0, shape.hidden() - 2) + Math.min(1, shape.hidden() - 1))
            * shape.width()
            * shape.width();
  }

  private static double eigenFlops(Trial trial, Shape shape) {
    double rows = kernelRows(trial, shape);
    int terms = shape.learns() ? 3 : 1;
    double spectra = terms * (1 + counting(trial, shape)) + records(searched(trial, shape));
    return trial.ntk().epochs().size() * spectra * 4.0 / 3 * rows * rows * rows;
  }

  /** M, the rows of the kernel matrix. */
  static double kernelRows(Trial trial, Shape shape) {
    return trial.ntk().outputs() == Outputs.FULL
        ? shape.points() * shape.channels()
        : shape.points();
  }
}
