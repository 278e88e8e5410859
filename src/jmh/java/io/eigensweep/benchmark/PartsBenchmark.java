package io.eigensweep.benchmark;

import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.metric.MsSsim;
import io.eigensweep.metric.Ssim;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.ntk.KernelBuilder;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.PixelGrid;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The parts of a trial other than training, once each: multigrid R = 200, width 256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class PartsBenchmark {
  private static final int SIDE = 256;
  private static final int POINTS = 1024;

  private Blas blas;
  private Task task;
  private ForwardPass pass;
  private double[] coordinates;
  private float[] reference;
  private float[] image;
  private DMatrixRMaj symmetric;

  @Setup(Level.Trial)
  public void start() {
    blas = Blas.of(BlasChoice.AUTO);
    task = Task.of("multigrid-200", 256, SIDE);
    coordinates = PixelGrid.coordinates(SIDE, SIDE, Coordinates.CENTERS);
    pass =
        ForwardPass.of(
            task.network(),
            task.initial(),
            task.samples().points().select(PixelGrid.lattice(SIDE, SIDE, POINTS)),
            blas);
    reference = task.samples().targets();
    image = reference.clone();
    RandomStream random = RandomStream.of("noise", 0);
    for (int i = 0; i < image.length; i++) {
      image[i] += 0.1f * (float) random.nextGaussian();
    }
    symmetric = new DMatrixRMaj(POINTS, POINTS);
    for (int i = 0; i < POINTS; i++) {
      for (int j = 0; j <= i; j++) {
        double value = random.nextGaussian();
        symmetric.set(i, j, value);
        symmetric.set(j, i, value);
      }
    }
  }

  /** Stencils of two levels for 256 × 256 points. */
  @Benchmark
  public Object encode() {
    return Encoder.encode(task.encoding(), coordinates, 2, 0);
  }

  /** SSIM and MS-SSIM of a 256 × 256 picture. */
  @Benchmark
  public Object metrics() {
    return Arrays.asList(
        Ssim.of(reference, image, SIDE, SIDE, 3), MsSsim.of(reference, image, SIDE, SIDE, 3));
  }

  /** The kernel's terms for 1024 points. */
  @Benchmark
  public Object kernel() {
    return KernelBuilder.build(pass, Outputs.MEAN, blas);
  }

  /** All eigenvalues of a 1024 × 1024 matrix. */
  @Benchmark
  public double eigenvalues() {
    return SymmetricEigenvalues.of(symmetric.copy(), blas)[0];
  }
}
