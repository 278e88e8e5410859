package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.mesh.MeshReader;
import io.eigensweep.mesh.PlyWriter;
import io.eigensweep.mesh.Shapes;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.metric.Loss;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.KernelSample;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.SurfacePoints;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.signal.SurfaceTarget;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.trial.TrialResult.SurfaceQuality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials on a ball of radius 0.4 in the cube. */
class SurfaceTrialTest {
  private static final Multigrid MULTIGRID = new Multigrid(2, 2, 8, 2, 0.01, Interpolation.LINEAR);

  @TempDir private Path folder;
  private final Map<String, ByteArrayOutputStream> files = new HashMap<>();

  @BeforeEach
  void aBall() throws IOException {
    Files.write(folder.resolve("ball.ply"), PlyWriter.write(Shapes.sphere(3, 20)));
  }

  private Trial trial(Encoding encoding, SurfaceTarget target, Loss loss, double rate) {
    return trial(encoding, target, loss, rate, 0);
  }

  private Trial trial(Encoding encoding, SurfaceTarget target, Loss loss, double rate, long seed) {
    Trial plain = Trials.of(encoding, rate, 30);
    return new Trial(
        new Signal.MeshFile(
            "file:" + folder,
            "ball.ply",
            target,
            loss,
            new SurfaceSampling(0.1, 6000, 0.5, 0.03, 3000, 24, 2000)),
        encoding,
        new NetworkSettings(2, 32, Activation.RELU, Parameterization.WIDTH, true),
        plain.training(),
        plain.ntk(),
        plain.linalg(),
        seed,
        List.of(Artifact.RECONSTRUCTION));
  }

  private TrialResult run(Encoding encoding, SurfaceTarget target, Loss loss, double rate) {
    return run(trial(encoding, target, loss, rate));
  }

  private TrialResult run(Trial trial) {
    return new TrialRunner(
            new SignalFiles(new Configuration(false)),
            (id, name) -> files.computeIfAbsent(name, key -> new ByteArrayOutputStream()))
        .run(trial, 0);
  }

  private static SurfaceQuality quality(TrialResult result) {
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    return Objects.requireNonNull(Objects.requireNonNull(result.quality()).surface());
  }

  private static void assertIsTheBall(TrialResult result) {
    SurfaceQuality quality = quality(result);
    assertThat(Objects.requireNonNull(quality.iou())).isGreaterThan(0.93);
    assertThat(Objects.requireNonNull(quality.iouNear())).isGreaterThan(0.7);
    assertThat(Objects.requireNonNull(quality.chamferL1())).isLessThan(0.02);
    assertThat(Objects.requireNonNull(quality.chamferL2())).isLessThan(1e-3);
    assertThat(quality.fScore()).isGreaterThan(0.6);
    assertThat(Objects.requireNonNull(quality.normalConsistency())).isGreaterThan(0.8);
  }

  /** Its field is judged with the random frequencies that it was trained with. */
  @Test
  void learnsAnOccupancyBehindRandomFrequencies() {
    SurfaceQuality quality =
        quality(run(trial(Fourier.gaussian(4, 0.5), SurfaceTarget.OCCUPANCY, Loss.MSE, 3, 5)));
    assertThat(Objects.requireNonNull(quality.iou())).isGreaterThan(0.8);
  }

  @Test
  void pointsThatAreAllOutsideHaveNoPsnrOfAnOccupancy() {
    Signal.MeshFile ball =
        (Signal.MeshFile) trial(MULTIGRID, SurfaceTarget.OCCUPANCY, Loss.MSE, 3).signal();
    SurfacePoints outside = new SurfacePoints(new double[6], new boolean[2], new float[2], 0);

    SurfacePoints both =
        new SurfacePoints(new double[6], new boolean[] {true, false}, new float[] {1, 0}, 0);

    assertThat(SurfaceReconstruction.psnr(ball, outside, new float[] {0, -3})).isNull();
    assertThat(SurfaceReconstruction.psnr(ball, both, new float[] {0.9f, -3}))
        .isCloseTo(10 * Math.log10(200), within(1e-5));
  }

  @Test
  void learnsAnOccupancyAndLeavesItsMesh() throws IOException {
    TrialResult result = run(MULTIGRID, SurfaceTarget.OCCUPANCY, Loss.MSE, 3);
    assertIsTheBall(result);
    assertThat(Objects.requireNonNull(result.kernel()).learningRateLimit()).isPositive();
    assertThat(result.kernel().points()).isEqualTo(64);
    assertThat(result.kernel().modes())
        .isNotEmpty()
        .allMatch(mode -> mode.frequency() == null && mode.predicted() != null);
    assertThat(Objects.requireNonNull(result.training()).parametersEncoding())
        .isEqualTo(2 * (125 + 729));
    SignalFacts facts = Objects.requireNonNull(result.signal());
    assertThat(facts.picture()).isNull();
    SignalFacts.SurfaceFacts surface = Objects.requireNonNull(facts.surface());
    assertThat(surface.scale()).isCloseTo(0.8 / 6, within(1e-4));
    assertThat(surface.centreX()).isCloseTo(0.5, within(1e-6));
    assertThat(surface.triangles()).isEqualTo(12 * 20 * 20);

    assertThat(files.keySet())
        .containsExactlyInAnyOrder("original.png", "reconstruction.png", "reconstruction.ply");
    TriangleMesh mesh =
        MeshReader.read(Objects.requireNonNull(files.get("reconstruction.ply")).toByteArray())
            .surface();
    assertThat(mesh.triangleCount()).isEqualTo(quality(result).triangles());
    assertThat(mesh.volume()).isCloseTo(4 * Math.PI / 3 * 0.064, within(0.03));
  }

  /** Every face twice, once each way: an occupancy of 0 everywhere is no success. */
  @Test
  void aSurfaceThatEnclosesNothingIsAFailedRowThatSaysSo() throws IOException {
    TriangleMesh ball = Shapes.sphere(3, 8);
    int[] both =
        IntStream.concat(
                Arrays.stream(ball.triangles()), Arrays.stream(ball.reversed().triangles()))
            .toArray();
    Files.write(
        folder.resolve("ball.ply"), PlyWriter.write(new TriangleMesh(ball.vertices(), both)));
    for (SurfaceTarget target : SurfaceTarget.values()) {
      TrialResult result = run(MULTIGRID, target, Loss.MSE, 3);
      assertThat(result.outcome().status()).isEqualTo(Status.FAILED);
      assertThat(result.outcome().stage()).isEqualTo(Stage.LOAD);
      assertThat(result.outcome().message())
          .startsWith("ball.ply: the inside of the surface is undefined");
      assertThat(result.quality()).isNull();
      SignalFacts.SurfaceFacts facts =
          Objects.requireNonNull(Objects.requireNonNull(result.signal()).surface());
      assertThat(facts.volume()).isCloseTo(0, within(1e-9));
      assertThat(facts.triangles()).isEqualTo(2 * ball.triangleCount());
    }
  }

  @Test
  void aKernelHasUniformPointsOrRandomOnesOfTraining() throws IOException {
    Trial plain = trial(MULTIGRID, SurfaceTarget.OCCUPANCY, Loss.MSE, 3);
    LoadedSurface surface =
        (LoadedSurface) new SignalFiles(new Configuration(false)).read(plain.signal());
    TrainingSet set = surface.trainingSet(0);
    EncodedPoints all = Encoder.encode(MULTIGRID, set.points(), 3, 0);

    KernelSample uniform = KernelSamples.of(plain, surface, set, all).sample();
    assertThat(uniform.side()).isZero();
    assertThat(uniform.dimensions()).isEqualTo(3);
    assertThat(uniform.targets()).isEqualTo(Arrays.copyOf(set.targets(), 64));

    NtkSettings ntk = plain.ntk();
    Trial random =
        new Trial(
            plain.signal(),
            plain.encoding(),
            plain.network(),
            plain.training(),
            new NtkSettings(
                new SamplePoints(9000, Pattern.RANDOM),
                ntk.epochs(),
                ntk.outputs(),
                ntk.precision(),
                ntk.method(),
                ntk.jacobianBudget(),
                ntk.terms(),
                ntk.dynamics()),
            plain.linalg(),
            0,
            List.of());
    KernelSample everything = KernelSamples.of(random, surface, set, all).sample();
    assertThat(everything.points().count()).isEqualTo(6000);
    assertThat(everything.targets()).isEqualTo(set.targets());
  }

  @Test
  void learnsALogitWithTheCrossEntropy() {
    TrialResult result = run(MULTIGRID, SurfaceTarget.OCCUPANCY, Loss.BCE, 10);
    assertIsTheBall(result);
    assertThat(Objects.requireNonNull(result.kernel()).learningRateLimit()).isNull();
    assertThat(result.kernel().modes()).isEmpty();
    assertThat(Objects.requireNonNull(Objects.requireNonNull(result.quality()).psnr()))
        .isGreaterThan(12);
  }

  @Test
  void learnsASignedDistance() {
    TrialResult result = run(MULTIGRID, SurfaceTarget.SDF, Loss.MSE, 3);
    assertIsTheBall(result);
    assertThat(Objects.requireNonNull(Objects.requireNonNull(result.quality()).psnr()))
        .isGreaterThan(25);
  }

  @Test
  void aHashgridWithFewEntriesLearnsToo() {
    TrialResult result =
        run(
            new Hashgrid(2, 2, 8, 2, 500, 0.01, Interpolation.LINEAR),
            SurfaceTarget.SDF,
            Loss.MSE,
            3);
    assertThat(Objects.requireNonNull(result.training()).parametersEncoding())
        .isEqualTo(2 * (125 + 500));
    assertThat(Objects.requireNonNull(quality(result).iou())).isGreaterThan(0.9);
  }

  /** A network of zeros is outside everywhere: 0 − ½ < 0. */
  @Test
  void anEmptyReconstructionHasNoDistances() throws IOException {
    Trial trial = trial(MULTIGRID, SurfaceTarget.OCCUPANCY, Loss.MSE, 3);
    Parameters zeros = Parameters.initial(trial.network(), trial.encoding(), 3, 1, 0);
    zeros.weights().forEach(DMatrixRMaj::zero);
    zeros.biases().forEach(DMatrixRMaj::zero);
    LoadedSurface surface =
        (LoadedSurface) new SignalFiles(new Configuration(false)).read(trial.signal());
    SurfaceReconstruction empty =
        SurfaceReconstruction.of(surface, trial, zeros, Blas.of(BlasChoice.AUTO));
    SurfaceQuality quality = Objects.requireNonNull(empty.quality().surface());
    assertThat(quality.triangles()).isZero();
    assertThat(quality.chamferL1()).isNull();
    assertThat(quality.chamferL2()).isNull();
    assertThat(quality.normalConsistency()).isNull();
    assertThat(quality.fScore()).isZero();
    assertThat(quality.iou()).isEqualTo(0);
    assertThat(empty.files()).containsKey("reconstruction.png");
  }
}
