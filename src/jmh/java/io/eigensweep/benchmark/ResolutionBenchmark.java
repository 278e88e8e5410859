package io.eigensweep.benchmark;

import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.training.Trainer;
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

/** Epochs behind a coarse and behind a fine grid of two levels, by turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 7, time = 1)
public class ResolutionBenchmark {
  private static final int SIDE = 256;

  /** Units of each hidden layer. */
  @Param({"128", "256"})
  public int width;

  private Trainer coarse;
  private Trainer fine;

  /** Nanoseconds of an iteration. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Counters {
    public long coarseNanos;
    public long fineNanos;
  }

  @Setup(Level.Trial)
  public void start() {
    coarse = Task.of("multigrid-50", width, SIDE).trainer(10, BlasChoice.NATIVE);
    fine = Task.of("multigrid-400", width, SIDE).trainer(10, BlasChoice.NATIVE);
  }

  @Benchmark
  public double epochs(Counters counters) {
    long start = System.nanoTime();
    coarse.runEpoch();
    long between = System.nanoTime();
    fine.runEpoch();
    counters.fineNanos += System.nanoTime() - between;
    counters.coarseNanos += between - start;
    return coarse.seconds() + fine.seconds();
  }
}
