package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Measures the kernels of one trial at its checkpoints. */
public final class KernelProbe {
  private final NtkSettings settings;
  private final NetworkSettings network;
  private final EncodedPoints points;
  private final Blas blas;
  private final List<Spectrum> spectra = new ArrayList<>();
  private @Nullable DMatrixRMaj initialKernel;
  private @Nullable Double learningRateLimit;
  private @Nullable Double drift;
  private @Nullable Double weylSlack;
  private Runnable betweenStages = () -> {};
  private long nanos;

  /**
   * A probe on the given points.
   *
   * @param points N sample points of the kernel, encoded
   */
  public KernelProbe(
      NtkSettings settings, NetworkSettings network, EncodedPoints points, Blas blas) {
    this.settings = settings;
    this.network = network;
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
   * the kernel's points.
   *
   * @param seed of the Lanczos iteration's start vector
   */
  public void measureLearningRateLimit(Parameters initial, long seed) {
    long start = System.nanoTime();
    ForwardPass pass = ForwardPass.of(network, initial, points, blas);
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

  /** Computes every term of the kernel of {@code parameters} and its spectrum. */
  public void measure(int epoch, Parameters parameters) {
    long start = System.nanoTime();
    ForwardPass pass = ForwardPass.of(network, parameters, points, blas);
    Kernel kernel = KernelBuilder.build(pass, settings.outputs(), blas);
    betweenStages.run();
    DMatrixRMaj total = kernel.total();
    int products = kernel.products();
    Spectrum whole = SpectrumBuilder.gram(epoch, "total", total, products, blas);
    spectra.add(whole);
    betweenStages.run();
    if (kernel.grid() != null) {
      Spectrum mlp = SpectrumBuilder.gram(epoch, "mlp", kernel.mlp(), products, blas);
      betweenStages.run();
      Spectrum grid = SpectrumBuilder.gram(epoch, "grid", kernel.grid(), products, blas);
      spectra.add(mlp);
      spectra.add(grid);
      weylSlack = slack(whole.eigenvalues(), mlp.eigenvalues(), grid.eigenvalues()[0]);
    }
    if (epoch == 0) {
      initialKernel = total;
    } else if (initialKernel != null) {
      drift = relativeDistance(total, initialKernel);
    }
    nanos += System.nanoTime() - start;
  }

  /** Seconds spent on kernels. */
  public double seconds() {
    return nanos * 1e-9;
  }

  /** What was measured. */
  public KernelSummary summary() {
    return new KernelSummary(
        points.count(), learningRateLimit, drift, weylSlack, List.of(), spectra);
  }

  private static double slack(double[] total, double[] mlp, double smallestOfGrid) {
    double slack = Double.POSITIVE_INFINITY;
    for (int i = 0; i < total.length; i++) {
      slack = Math.min(slack, total[i] - mlp[i] - smallestOfGrid);
    }
    return slack;
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
