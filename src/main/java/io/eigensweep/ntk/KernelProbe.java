package io.eigensweep.ntk;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Measures the kernels of one trial at its checkpoints: that of the sample, whose residual it
 * follows; of the window with the smallest λ_min; and at the last checkpoint, where it is asked
 * for, that of all training points.
 */
public final class KernelProbe {
  private final NtkSettings settings;
  private final NetworkSettings network;
  private final Encoding encoding;
  private final KernelPoints points;
  private final Blas blas;
  private final List<Spectrum> spectra = new ArrayList<>();
  private final List<ModeEnergy> modes = new ArrayList<>();
  private @Nullable SampleSpectra ofSample;
  private @Nullable ResidualModes residuals;
  private double ratePerStep = Double.NaN;
  private long stepsPerEpoch;
  private @Nullable Double learningRateLimit;
  private Runnable betweenStages = () -> {};
  private long nanos;

  /** A probe on {@code points}, which {@code encoding} has encoded. */
  public KernelProbe(
      NtkSettings settings,
      NetworkSettings network,
      Encoding encoding,
      KernelPoints points,
      Blas blas) {
    this.settings = settings;
    this.network = network;
    this.encoding = encoding;
    this.points = points;
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
   * the sample's points, with λ_max from above, see {@link Lanczos}.
   *
   * @param seed of the Lanczos iteration's start vector
   */
  public void measureLearningRateLimit(Parameters initial, long seed) {
    long start = System.nanoTime();
    ForwardPass pass = ForwardPass.of(network, initial, points.sample().points(), blas);
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

  /** Computes the kernels of {@code parameters}, their spectra and their theory. */
  public void measure(int epoch, Parameters parameters) {
    long start = System.nanoTime();
    KernelSample sample = points.sample();
    boolean learns = !sample.points().levels().isEmpty();
    if (ofSample == null) {
      KernelMemory.of(
              settings, rows(parameters.channels()), learns, sample.side() > 1, blas.isNative())
          .require();
      ofSample =
          new SampleSpectra(
              settings,
              settings,
              network,
              encoding,
              sample,
              Scope.SAMPLE,
              null,
              blas,
              betweenStages);
    }
    List<Spectrum> measured = measureSample(ofSample, epoch, parameters);
    if (settings.points().pattern().hasWindows()) {
      measured = measureWindows(measured, epoch, parameters);
    }
    if (settings.points().pattern() == Pattern.ALL && isLast(epoch)) {
      TrainingKernel training =
          new TrainingKernel(settings, network, encoding, points, blas, betweenStages);
      spectra.addAll(training.measure(measured, epoch, parameters));
    }
    nanos += System.nanoTime() - start;
  }

  private List<Spectrum> measureSample(SampleSpectra of, int epoch, Parameters parameters) {
    SampleSpectra.Measured measured = of.measure(epoch, parameters);
    spectra.addAll(measured.spectra());
    if (settings.dynamics() && stepsPerEpoch > 0) {
      followResidual(epoch, measured.pass(), measured.kernel());
    }
    return measured.spectra();
  }

  /**
   * The spectra of the window that counts; where it is the sample, those that it has. The Jacobian
   * route, which neighbours need more often, is taken for the whole kernel at the end alone.
   */
  private List<Spectrum> measureWindows(
      List<Spectrum> ofSamplePoints, int epoch, Parameters parameters) {
    KernelPoints.Window window =
        new WindowSearch(settings, network, blas).smallest(points, parameters, betweenStages);
    NtkSettings ofParts = settings.gramForAuto();
    boolean isSample = points.sampleIsTraining() && points.isEvery(window.chosen().length);
    List<Spectrum> measured =
        isSample
            ? ofSamplePoints.stream().map(one -> one.as(Scope.WINDOW, window.place())).toList()
            : new SampleSpectra(
                    isLast(epoch) ? settings : ofParts,
                    ofParts,
                    network,
                    encoding,
                    points.of(window),
                    Scope.WINDOW,
                    window.place(),
                    blas,
                    betweenStages)
                .measure(epoch, parameters)
                .spectra();
    spectra.addAll(measured);
    return measured;
  }

  private int rows(int channels) {
    return Math.multiplyExact(
        points.sample().points().count(), settings.outputs() == Outputs.FULL ? channels : 1);
  }

  private void followResidual(int epoch, ForwardPass pass, DMatrixRMaj total) {
    KernelSample sample = points.sample();
    DMatrixRMaj residual = pass.outputs().copy();
    for (int i = 0; i < residual.getNumElements(); i++) {
      residual.data[i] -= sample.targets()[i];
    }
    if (residuals == null) {
      residuals =
          new ResidualModes(
              sample, residual.numCols, settings.outputs(), ratePerStep, stepsPerEpoch, blas);
    }
    modes.addAll(residuals.next(epoch, residual, total, isLast(epoch)));
    betweenStages.run();
  }

  private boolean isLast(int epoch) {
    return settings.epochs().stream()
        .noneMatch(checkpoint -> Integer.parseInt(checkpoint.name()) > epoch);
  }

  /** Seconds spent on kernels. */
  public double seconds() {
    return nanos * 1e-9;
  }

  /** What was measured. */
  public KernelSummary summary() {
    return KernelSummary.of(settings, points, learningRateLimit, modes, spectra);
  }
}
