package io.eigensweep.plan;

import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Precision;
import io.eigensweep.trial.Trial;

/**
 * Operations, seconds and bytes of a trial from its fields alone.
 *
 * <p><b>Training</b>, per sample, P the network's weights and P₁ those of its first layer: 2P
 * forward, 2P for the weights' gradients, 2(P − P₁) for the inputs' gradients, and 2P₁ more where
 * the encoding learns; a learning encoding reads 2^d values for each of its entries in the forward
 * pass and writes them in the backward pass.
 *
 * <p><b>Kernel</b>, per checkpoint, N points, C outputs, K of M rows (M = N, or NC for {@code
 * full}), all Gram products symmetric, so half of 2N²n each: one pass forward and C backward on N
 * points; N²·n for the inputs of every layer; C·N²·width (C² for {@code full}) for the δ of every
 * hidden layer, and the same with the encoded entries for the grid; 4/3·M³ for the eigenvalues of
 * every term (total, and mlp and grid where the encoding learns). The learning-rate limit adds
 * {@value #POWER_STEPS} products with K_full at 10P per point.
 *
 * <p><b>Evaluation</b>: 2P per pixel for every PSNR of the curve, and about {@value
 * #METRIC_FLOPS_PER_VALUE} operations per value for SSIM and MS-SSIM.
 */
public final class CostModel {
  private static final int POWER_STEPS = 30;
  private static final int METRIC_FLOPS_PER_VALUE = 500;

  /** Reading and decoding the picture, opening and committing the row. */
  private static final double FIXED_SECONDS = 0.1;

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
    double passes = evaluations * shape.pixels() * 2 * shape.weights();
    double metrics = shape.pixels() * Shape.CHANNELS * METRIC_FLOPS_PER_VALUE;
    double products = kernelProducts(trial, shape);
    double eigen = eigenFlops(trial, shape);

    double matrix = rates.sgemm() * rates.share(trial.network().width());
    boolean single = trial.ntk().precision() == Precision.FLOAT;
    double seconds =
        FIXED_SECONDS
            + (steps + passes) / matrix
            + touches / rates.touch()
            + evaluations * shape.pixels() * shape.touched() / rates.touch()
            + metrics / rates.scalar()
            + products / (single ? rates.sgemm() : rates.dgemm())
            + eigen / rates.eigen();
    double flops = steps + 2 * touches + passes + metrics + products + eigen;
    return new Cost((long) flops, seconds, Memory.of(trial).total());
  }

  /** Necessary operations of training per sample, products with the weights only. */
  static double stepFlopsPerSample(Shape shape) {
    double inputGradients = shape.weights() - (shape.learns() ? 0 : shape.first());
    return 2 * shape.weights() + 2 * shape.weights() + 2 * inputGradients;
  }

  private static double kernelProducts(Trial trial, Shape shape) {
    int checkpoints = trial.ntk().epochs().size();
    if (checkpoints == 0) {
      return 0;
    }
    double points = shape.kernelPoints();
    double pairsOfOutputs =
        trial.ntk().outputs() == Outputs.FULL ? Shape.CHANNELS * Shape.CHANNELS : Shape.CHANNELS;
    double passes = points * 2 * shape.weights() * (1 + Shape.CHANNELS);
    double inputs = shape.encoded() + shape.hidden() * shape.width();
    double deltas = pairsOfOutputs * (shape.hidden() * shape.width() + shape.encodedByGrid());
    double gram = points * points * (inputs + deltas);
    double limit = POWER_STEPS * points * 10 * shape.weights();
    return checkpoints * (passes + gram) + limit;
  }

  private static double eigenFlops(Trial trial, Shape shape) {
    double rows = kernelRows(trial, shape);
    int terms = shape.learns() ? 3 : 1;
    return trial.ntk().epochs().size() * terms * 4.0 / 3 * rows * rows * rows;
  }

  /** M, the rows of the kernel matrix. */
  static double kernelRows(Trial trial, Shape shape) {
    return trial.ntk().outputs() == Outputs.FULL
        ? shape.kernelPoints() * Shape.CHANNELS
        : shape.kernelPoints();
  }
}
