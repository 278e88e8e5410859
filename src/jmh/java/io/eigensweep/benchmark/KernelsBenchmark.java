package io.eigensweep.benchmark;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.OneStage;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.Kernel;
import io.eigensweep.ntk.KernelBuilder;
import io.eigensweep.ntk.KernelPoints;
import io.eigensweep.ntk.KernelProbe;
import io.eigensweep.ntk.KernelSample;
import io.eigensweep.ntk.Method;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.Precision;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.ntk.Terms;
import io.eigensweep.signal.PixelGrid;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One checkpoint of a trial's kernel as {@link KernelProbe} measures it, and apart from it the
 * kernel's terms and all eigenvalues of each term, these a second time by {@code dsyevd} alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class KernelsBenchmark {
  private static final int SIDE = 128;
  private static final int CHANNELS = 3;

  /** Rows and columns of the product that the rates are compared with. */
  private static final int PRODUCT = 1024;

  /** Encoding, points of the kernel, width, method. */
  @Param("")
  public String what = "";

  private Case one;
  private Blas blas;
  private Task task;
  private KernelSample sample;
  private double[] matrix;

  /**
   * What is measured.
   *
   * @param encoding as {@link Task} names it
   * @param points N
   * @param width of the hidden layers
   * @param method of the eigenvalues
   */
  record Case(String encoding, int points, int width, Method method) {
    /** Reads the four words. */
    static Case of(String words) {
      List<String> parts = List.of(words.split(" ", -1));
      return new Case(
          parts.get(0),
          Integer.parseInt(parts.get(1)),
          Integer.parseInt(parts.get(2)),
          Method.valueOf(parts.get(3).toUpperCase(Locale.ROOT)));
    }
  }

  /** Nanoseconds and operations of an iteration. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Counters {
    public long checkpoints;
    public long kernelNanos;
    public long spectraNanos;
    public long oneStageNanos;
    public long wholeNanos;
    public long dgemmNanos;
    public long dgemmFlops;
  }

  @Setup(Level.Trial)
  public void start() {
    one = Case.of(what);
    blas = Blas.of(BlasChoice.NATIVE);
    task = Task.of(one.encoding(), one.width(), SIDE);
    int[] pixels = PixelGrid.lattice(SIDE, SIDE, one.points());
    float[] targets = new float[pixels.length * CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      System.arraycopy(
          task.samples().targets(), pixels[i] * CHANNELS, targets, i * CHANNELS, CHANNELS);
    }
    EncodedPoints points = task.samples().points().select(pixels);
    sample = new KernelSample(points, 2, (int) Math.sqrt(pixels.length), targets);
    matrix = new double[PRODUCT * PRODUCT];
    Arrays.setAll(matrix, i -> Math.sin(i));
  }

  @Benchmark
  public double checkpoint(Counters counters) {
    double smallest = one.method() == Method.GRAM ? apart(counters) : 0;
    long start = System.nanoTime();
    KernelProbe probe =
        new KernelProbe(settings(), task.network(), task.encoding(), KernelPoints.of(sample), blas);
    probe.measure(0, task.initial());
    counters.wholeNanos += System.nanoTime() - start;
    counters.checkpoints++;
    product(counters);
    return smallest + probe.seconds();
  }

  private double apart(Counters counters) {
    long start = System.nanoTime();
    ForwardPass pass = ForwardPass.of(task.network(), task.initial(), sample.points(), blas);
    Kernel kernel = KernelBuilder.build(pass, Outputs.MEAN, blas);
    DMatrixRMaj total = kernel.total();
    long between = System.nanoTime();
    double smallest = SymmetricEigenvalues.of(total, blas)[0];
    if (kernel.grid() != null) {
      smallest += SymmetricEigenvalues.of(kernel.mlp(), blas)[0];
      smallest += SymmetricEigenvalues.of(kernel.grid(), blas)[0];
    }
    long end = System.nanoTime();
    counters.spectraNanos += end - between;
    counters.kernelNanos += between - start;
    smallest += OneStage.of(total)[0];
    if (kernel.grid() != null) {
      smallest += OneStage.of(kernel.mlp())[0];
      smallest += OneStage.of(kernel.grid())[0];
    }
    counters.oneStageNanos += System.nanoTime() - end;
    return smallest;
  }

  private NtkSettings settings() {
    return new NtkSettings(
        new SamplePoints(one.points(), Pattern.LATTICE),
        List.of(Checkpoint.at(0)),
        Outputs.MEAN,
        Precision.DOUBLE,
        one.method(),
        60,
        Terms.GROUPS,
        /* dynamics= */ false);
  }

  /** The rate of a large product in the same seconds. */
  private void product(Counters counters) {
    double[] result = new double[matrix.length];
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      blas.dgemm(
          false, true, PRODUCT, PRODUCT, PRODUCT, 1, matrix, 0, PRODUCT, matrix, 0, PRODUCT, 0,
          result, 0, PRODUCT);
      counters.dgemmFlops += 2L * PRODUCT * PRODUCT * PRODUCT;
    }
    counters.dgemmNanos += System.nanoTime() - start;
  }
}
