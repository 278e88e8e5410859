package io.eigensweep.plan;

import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.trial.Trial;

/**
 * Operations, seconds and bytes of a trial from its fields alone.
 *
 * <p><b>Training</b>, per sample, P the network's numbers and P₁ the weights of its first layer: 2P
 * forward, 2P for the gradients of the numbers, 2(P − P₁) for those of the layers' inputs, and 2P₁
 * more where the encoding learns. A learning encoding also reads 2^d values for each of its entries
 * in the forward pass and writes them in the backward pass.
 *
 * <p><b>Kernel</b>, per checkpoint, N points, C outputs, K of M rows (M = N, or NC for {@code
 * full}); a Gram matrix of rows of length n costs half of 2N²n, being symmetric: one pass forward
 * and C backward over the points; N²·n for the inputs of every layer; for the δ of the hidden
 * layers C·N²·width each, but N²·width for the last, which collapses over the outputs; C·N² for
 * every entry that grids give; with {@code full} C² stands for C and nothing collapses. Then 4/3·M³
 * for the eigenvalues of every term (total, and mlp and grid where the encoding learns). The
 * learning-rate limit takes about {@value #LANCZOS_STEPS} products with K_full at 8P per point.
 *
 * <p><b>Evaluation</b>: 2P per pixel for every PSNR of the curve, and about {@value
 * #METRIC_FLOPS_PER_VALUE} operations per value for SSIM and MS-SSIM.
 */
public final class CostModel {
  private static final int LANCZOS_STEPS = 6;
  private static final int METRIC_FLOPS_PER_VALUE = 500;

  /** Reading and decoding the picture, opening and committing the row. */
  private static final double FIXED_SECONDS = 0.05;

  private final Rates nativeRates;
  private final Rates javaRates;

  /**
   * A model with the given rates.
   *
   * @param nativeRates for trials that ask for {@code auto} or {@code native}
   * @param javaRates for trials that ask for {@code java}
   */
  public CostModel(Rates nativeRates, Rates javaRates) {
    this.nativeRates = nativeRates;
    this.javaRates = javaRates;
  }

  /** The model with the nominal rates, before anything was measured. */
  public static CostModel nominal() {
    return new CostModel(Rates.NATIVE, Rates.JAVA);
  }

  /** The expected cost of {@code trial}. */
  public Cost of(Trial trial) {
    Shape shape = Shape.of(trial);
    Rates rates = trial.linalg().blas() == BlasChoice.JAVA ? javaRates : nativeRates;
    double samples = shape.pixels() * trial.training().epochs();
    double evaluations = trial.training().epochs() / (double) trial.training().psnrEvery() + 2;

    double steps = samples * stepFlopsPerSample(shape);
    double touches = samples * 2 * shape.touched();
    double passes = evaluations * shape.pixels() * 2 * shape.network();
    double metrics = shape.pixels() * Shape.CHANNELS * METRIC_FLOPS_PER_VALUE;
    double products = kernelProducts(trial, shape);
    double eigen = eigenFlops(trial, shape);

    double matrix = rates.sgemm() * rates.share(trial.network().width());
    double seconds =
        FIXED_SECONDS
            + (steps + passes) / matrix
            + touches / rates.touch()
            + evaluations * shape.pixels() * shape.touched() / rates.touch()
            + metrics / rates.scalar()
            + products / rates.dgemm()
            + eigen / rates.eigen();
    double flops = steps + 2 * touches + passes + metrics + products + eigen;
    return new Cost((long) flops, seconds, Memory.of(trial).total());
  }

  /** Necessary operations of training per sample. */
  static double stepFlopsPerSample(Shape shape) {
    double inputGradients = shape.network() - (shape.learns() ? 0 : shape.first());
    return 4 * shape.network() + 2 * inputGradients;
  }

  private static double kernelProducts(Trial trial, Shape shape) {
    double points = shape.points();
    boolean full = trial.ntk().outputs() == Outputs.FULL;
    double outputs = full ? Shape.CHANNELS * Shape.CHANNELS : Shape.CHANNELS;
    double passes = points * 2 * shape.network() * (1 + Shape.CHANNELS);
    double inputs = shape.encoded() + shape.hidden() * shape.width();
    double deltas =
        full
            ? outputs * shape.hidden() * shape.width()
            : (outputs * (shape.hidden() - 1) + 1) * shape.width();
    double gram = points * points * (inputs + deltas + outputs * shape.interpolated());
    double limit = LANCZOS_STEPS * points * 8 * shape.network();
    return trial.ntk().epochs().size() * (passes + gram) + limit;
  }

  private static double eigenFlops(Trial trial, Shape shape) {
    double rows = kernelRows(trial, shape);
    int terms = shape.learns() ? 3 : 1;
    return trial.ntk().epochs().size() * terms * 4.0 / 3 * rows * rows * rows;
  }

  /** M, the rows of the kernel matrix. */
  static double kernelRows(Trial trial, Shape shape) {
    return trial.ntk().outputs() == Outputs.FULL ? shape.points() * Shape.CHANNELS : shape.points();
  }
}
