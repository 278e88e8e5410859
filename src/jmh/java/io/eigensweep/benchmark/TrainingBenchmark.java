package io.eigensweep.benchmark;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.training.EjmlTraining;
import io.eigensweep.training.Trainer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
 * Whole epochs of training, and between them as many operations of the native library's product
 * 1024 × width × width: what disturbs the machine disturbs both.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 7, time = 1)
public class TrainingBenchmark {
  private static final int SIDE = 128;
  private static final double RATE = 10;

  /** Encodings as {@link Task} names them. */
  @Param({"identity", "fourier", "multigrid-200"})
  public String encoding = "";

  /** Units of each hidden layer. */
  @Param({"128", "256", "512"})
  public int width;

  /** The matrix library that trains; {@code ejml} is {@link EjmlTraining}. */
  @Param("native")
  public String blas = "";

  private Task task;
  private Runnable epoch;
  private Blas reference;
  private float[] a;
  private float[] b;
  private float[] c;
  private int products;

  /** Nanoseconds and operations of an iteration. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Counters {
    public long trainingNanos;
    public long trainingFlops;
    public long sgemmNanos;
    public long sgemmFlops;
  }

  @Setup(Level.Trial)
  public void start() {
    task = Task.of(encoding, width, SIDE);
    reference = Blas.of(BlasChoice.NATIVE);
    if (blas.equals("ejml")) {
      EjmlTraining ejml = task.ejml(RATE);
      epoch = ejml::runEpoch;
    } else {
      Trainer trainer = task.trainer(RATE, BlasChoice.valueOf(blas.toUpperCase(Locale.ROOT)));
      epoch = trainer::runEpoch;
    }
    a = new float[Task.BATCH * width];
    b = new float[width * width];
    c = new float[Task.BATCH * width];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.5f);
    products = (int) Math.max(1, task.flopsPerEpoch() / productFlops());
  }

  private double productFlops() {
    return 2.0 * Task.BATCH * width * width;
  }

  @Benchmark
  public double epochAndProducts(Counters counters) {
    long start = System.nanoTime();
    epoch.run();
    long between = System.nanoTime();
    for (int i = 0; i < products; i++) {
      reference.sgemm(
          false, true, Task.BATCH, width, width, 1, a, 0, width, b, 0, width, 0, c, 0, width);
    }
    counters.sgemmNanos += System.nanoTime() - between;
    counters.trainingNanos += between - start;
    counters.trainingFlops += (long) task.flopsPerEpoch();
    counters.sgemmFlops += (long) (products * productFlops());
    return c[0];
  }
}
