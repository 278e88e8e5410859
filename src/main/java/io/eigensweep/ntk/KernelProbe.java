package io.eigensweep.ntk;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Measures the kernels of one trial at its checkpoints. */
public final class KernelProbe {
  private final NtkSettings settings;
  private final NetworkSettings network;
  private final Encoding encoding;
  private final KernelSample sample;
  private final List<Combination> combinations;
  private final Blas blas;
  private final List<Spectrum> spectra = new ArrayList<>();
  private final List<ModeEnergy> modes = new ArrayList<>();
  private @Nullable ResidualModes residuals;
  private double ratePerStep = Double.NaN;
  private long stepsPerEpoch;
  private double @Nullable [] overlaps;
  private @Nullable DMatrixRMaj initialKernel;
  private @Nullable Double learningRateLimit;
  private @Nullable Double drift;
  private @Nullable Double weylSlack;
  private Runnable betweenStages = () -> {};
  private long nanos;

  /** A probe on the points of {@code sample}, which {@code encoding} has encoded. */
  public KernelProbe(
      NtkSettings settings,
      NetworkSettings network,
      Encoding encoding,
      KernelSample sample,
      Blas blas) {
    this.settings = settings;
    this.network = network;
    this.encoding = encoding;
    this.sample = sample;
    this.combinations = Combinations.of(sample.points(), sample.dimensions(), sample.side());
    this.blas = blas;
  }

  /**
   * Has {@code action} run between the stages of a measurement, each of which can take minutes; it
   * may throw to end it.
   */
  public void betweenStages(Runnable action) {
    betweenStages = action;
  }

  /** Whether the trial asks for a kernel after {@code epoch} epochs. */
  public boolean wants(int epoch) {
    return settings.epochs().contains(Checkpoint.at(epoch));
  }

  /**
   * The largest stable learning rate of full-batch descent at initialisation, NC/λ_max(K_full), on
   * the kernel's points, with λ_max from above, see {@link Lanczos}.
   *
   * @param seed of the Lanczos iteration's start vector
   */
  public void measureLearningRateLimit(Parameters initial, long seed) {
    long start = System.nanoTime();
    ForwardPass pass = ForwardPass.of(network, initial, sample.points(), blas);
    KernelOperator kernel = new KernelOperator(pass, blas);
    RandomStream random = RandomStream.of("ntk/lanczos", seed);
    double[] vector = new double[kernel.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = 1 + 0.1 * random.nextGaussian();
    }
    double largest = Lanczos.largestEigenvalue(kernel::times, vector);
    learningRateLimit = largest > 0 ? kernel.size() / largest : null;
    nanos += System.nanoTime() - start;
  }

  /** What {@link #measureLearningRateLimit} found; null before, and for a kernel that is zero. */
  public @Nullable Double learningRateLimit() {
    return learningRateLimit;
  }

  /**
   * Tells what moves the residual between checkpoints, for its prediction. Without it, where the
   * loss is not the mean of squares, the residual is not followed.
   *
   * @param ratePerStep 2η: a step moves the residual by 2η/(NC)·K; NaN where no kernel predicts it
   * @param stepsPerEpoch steps of an epoch
   */
  public void trainsAt(double ratePerStep, long stepsPerEpoch) {
    this.ratePerStep = ratePerStep;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** Computes every term of the kernel of {@code parameters}, its spectrum and its theory. */
  public void measure(int epoch, Parameters parameters) {
    long start = System.nanoTime();
    boolean learns = !sample.points().levels().isEmpty();
    if (spectra.isEmpty()) {
      KernelMemory.of(
              settings, rows(parameters.channels()), learns, sample.side() > 1, blas.isNative())
          .require();
    }
    Blas arithmetic = settings.precision() == Precision.FLOAT ? blas.inSingle() : blas;
    ForwardPass pass = ForwardPass.of(network, parameters, sample.points(), arithmetic);
    RankLimit ranks = new RankLimit(pass, network.activation(), encoding, sample.dimensions());
    EvaluationError evaluation =
        EvaluationError.of(pass, network.activation(), arithmetic.epsilon(), blas);
    JacobianFactors factors = JacobianFactors.of(pass, settings.outputs(), arithmetic);
    SpectrumBuilder builder =
        new SpectrumBuilder(settings, combinations, ranks, evaluation, arithmetic);
    Kernel kernel = KernelBuilder.build(factors, arithmetic);
    DMatrixRMaj total = kernel.total(arithmetic);
    betweenStages.run();
    Double alignment = Alignment.of(total, sample.targets());
    drift = drift(epoch, total);
    Spectrum whole = builder.of(epoch, "total", factors, total);
    betweenStages.run();
    KernelFacts known = whole.facts();
    if (kernel.grid() == null) {
      spectra.add(whole.with(known.withTraining(alignment, drift)));
    } else {
      Spectrum mlp =
          builder.of(epoch, "mlp", factors.of(allLayers(factors), List.of()), kernel.mlp());
      betweenStages.run();
      Spectrum grid =
          builder.of(epoch, "grid", factors.of(List.of(), allLevels(factors)), kernel.grid());
      betweenStages.run();
      weylSlack = WeylSlack.of(whole, mlp, grid);
      double[] smallest = overlaps();
      RoundingError error = RoundingError.of(factors, evaluation, arithmetic);
      double schur = mlp.lambdaMinLower() + SchurBound.grid(factors, smallest, error, blas);
      spectra.add(whole.with(known.withTraining(alignment, drift).withBounds(weylSlack, schur)));
      spectra.add(
          mlp.with(mlp.facts().withTraining(Alignment.of(kernel.mlp(), sample.targets()), null)));
      spectra.add(
          grid.with(
              grid.facts()
                  .withTraining(Alignment.of(kernel.grid(), sample.targets()), null)
                  .withOverlaps(smallest)));
    }
    if (settings.terms() == Terms.LAYERS) {
      measureLayers(epoch, factors, builder, arithmetic);
    }
    if (settings.dynamics() && stepsPerEpoch > 0) {
      followResidual(epoch, pass, total);
    }
    nanos += System.nanoTime() - start;
  }

  private int rows(int channels) {
    return Math.multiplyExact(
        sample.points().count(), settings.outputs() == Outputs.FULL ? channels : 1);
  }

  private void measureLayers(
      int epoch, JacobianFactors factors, SpectrumBuilder builder, Blas arithmetic) {
    for (int layer : allLayers(factors)) {
      JacobianFactors one = factors.of(List.of(layer), List.of());
      spectra.add(builder.of(epoch, "mlp." + layer, one, new KernelBuilder(one, arithmetic).mlp()));
      betweenStages.run();
    }
    for (int level : allLevels(factors)) {
      JacobianFactors one = factors.of(List.of(), List.of(level));
      spectra.add(
          builder.of(epoch, "grid." + level, one, new KernelBuilder(one, arithmetic).grid()));
      betweenStages.run();
    }
  }

  private void followResidual(int epoch, ForwardPass pass, DMatrixRMaj total) {
    DMatrixRMaj residual = pass.outputs().copy();
    for (int i = 0; i < residual.getNumElements(); i++) {
      residual.data[i] -= sample.targets()[i];
    }
    if (residuals == null) {
      residuals =
          new ResidualModes(
              sample, residual.numCols, settings.outputs(), ratePerStep, stepsPerEpoch, blas);
    }
    boolean last =
        settings.epochs().stream()
            .noneMatch(checkpoint -> Integer.parseInt(checkpoint.name()) > epoch);
    modes.addAll(residuals.next(epoch, residual, total, last));
    betweenStages.run();
  }

  private static List<Integer> allLayers(JacobianFactors factors) {
    return IntStream.range(0, factors.layers().size()).boxed().toList();
  }

  private static List<Integer> allLevels(JacobianFactors factors) {
    return IntStream.range(0, factors.levels().size()).boxed().toList();
  }

  /** Lower bounds of λ_min(w wᵀ) of every level; they depend on the points alone. */
  private double[] overlaps() {
    if (overlaps == null) {
      overlaps =
          sample.points().levels().stream()
              .mapToDouble(level -> SchurBound.overlap(level, sample.side(), blas))
              .toArray();
    }
    return overlaps;
  }

  private @Nullable Double drift(int epoch, DMatrixRMaj total) {
    if (epoch == 0) {
      initialKernel = total;
      return null;
    }
    return initialKernel == null ? null : relativeDistance(total, initialKernel);
  }

  /** Seconds spent on kernels. */
  public double seconds() {
    return nanos * 1e-9;
  }

  /** What was measured. */
  public KernelSummary summary() {
    return new KernelSummary(
        sample.points().count(), learningRateLimit, drift, weylSlack, modes, spectra);
  }

  private static double relativeDistance(DMatrixRMaj a, DMatrixRMaj b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.getNumElements(); i++) {
      double d = a.data[i] - b.data[i];
      difference += d * d;
      norm += b.data[i] * b.data[i];
    }
    return Math.sqrt(difference / norm);
  }
}
