package io.eigensweep.benchmark;

import io.eigensweep.metric.Loss;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.signal.SurfaceTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
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

/** The truth about a surface at a million points, half uniform, half near it; one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class SurfacesBenchmark {
  static final int POINTS = 1_000_000;

  /** The mesh's file. */
  @Param("")
  public String file = "";

  private LoadedSurface distances;
  private LoadedSurface signs;

  @Setup(Level.Trial)
  public void start() throws IOException {
    distances = load(SurfaceTarget.SDF);
    signs = load(SurfaceTarget.OCCUPANCY);
  }

  private LoadedSurface load(SurfaceTarget target) throws IOException {
    return (LoadedSurface) new SignalFiles(new Configuration()).read(signal(Path.of(file), target));
  }

  /** {@code file} as a signal with {@value #POINTS} training points. */
  static Signal.MeshFile signal(Path file, SurfaceTarget target) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    return new Signal.MeshFile(
        folder.toUri().toString(),
        Objects.requireNonNull(file.getFileName()).toString(),
        target,
        Loss.MSE,
        new SurfaceSampling(0.1, POINTS, 0.5, 0.01, 50_000, 128, 50_000));
  }

  /** The file, its tree and the far field of the winding number. */
  @Benchmark
  public Object read() throws IOException {
    return load(SurfaceTarget.SDF);
  }

  /** Winding numbers alone. */
  @Benchmark
  public Object signs() throws IOException {
    return signs.trainingSet(0);
  }

  /** Winding numbers and exact distances. */
  @Benchmark
  public Object signedDistances() throws IOException {
    return distances.trainingSet(0);
  }
}
