package io.eigensweep.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.mesh.PlyWriter;
import io.eigensweep.mesh.Shapes;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.mesh.UnreadableMeshException;
import io.eigensweep.metric.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedSurfaceTest {
  private static final SurfaceSampling SAMPLING =
      new SurfaceSampling(0.1, 4000, 0.25, 0.02, 1000, 16, 500);

  @TempDir private Path folder;

  private LoadedSurface load(TriangleMesh mesh, SurfaceTarget target) throws IOException {
    Files.write(folder.resolve("s.ply"), PlyWriter.write(mesh));
    return (LoadedSurface)
        new SignalFiles(new Configuration(false))
            .read(new Signal.MeshFile("file:" + folder, "s.ply", target, Loss.MSE, SAMPLING));
  }

  private static double radius(double[] points, int i) {
    return Math.sqrt(
        Math.pow(points[3 * i] - 0.5, 2)
            + Math.pow(points[3 * i + 1] - 0.5, 2)
            + Math.pow(points[3 * i + 2] - 0.5, 2));
  }

  @Test
  void aBallFillsTheCubeUpToTheMarginAndItsDistancesAreSigned() throws IOException {
    LoadedSurface ball = load(Shapes.sphere(0.2, 24), SurfaceTarget.SDF);
    assertThat(ball.placement().scale()).isCloseTo(2, within(1e-6));
    TrainingSet set = ball.trainingSet(3);
    assertThat(set.points()).hasSize(12_000);
    assertThat(set.targets()).hasSize(4000);
    int near = 0;
    for (int i = 0; i < 4000; i++) {
      double distance = radius(set.points(), i) - 0.4;
      assertThat((double) set.targets()[i]).isCloseTo(distance, within(1e-3));
      near += i >= 3000 && Math.abs(distance) < 0.06 ? 1 : 0;
    }
    assertThat(near).isGreaterThan(985);
    assertThat(set.low()).isBetween(-0.4, -0.3);
    assertThat(set.high()).isBetween(0.3, 0.47);
    assertThat(set.ambiguousShare()).isBetween(0.0, 0.01);
  }

  @Test
  void reversedFacesAndHolesKeepTheInside() throws IOException {
    TriangleMesh torus = Shapes.torus(0.3, 0.1, 40);
    int[] few = Arrays.copyOf(torus.triangles(), torus.triangles().length - 3 * 20);
    float[] truth = load(torus, SurfaceTarget.OCCUPANCY).trainingSet(0).targets();
    for (TriangleMesh other :
        new TriangleMesh[] {torus.reversed(), new TriangleMesh(torus.vertices(), few)}) {
      float[] targets = load(other, SurfaceTarget.OCCUPANCY).trainingSet(0).targets();
      int differences = 0;
      for (int i = 0; i < 3000; i++) { // near points lie elsewhere on another surface
        differences += targets[i] == truth[i] ? 0 : 1;
      }
      assertThat(differences).isLessThan(6);
    }
    double share = 0;
    for (int i = 0; i < 3000; i++) {
      share += truth[i] / 3000;
    }
    double scale = 1.0;
    assertThat(share).isCloseTo(scale * 2 * Math.PI * Math.PI * 0.3 * 0.01, within(0.02));
  }

  @Test
  void pointsFollowFromTheSeedAlone() throws IOException {
    LoadedSurface ball = load(Shapes.sphere(0.2, 8), SurfaceTarget.OCCUPANCY);
    assertThat(ball.trainingSet(1).points()).isEqualTo(ball.trainingSet(1).points());
    assertThat(ball.trainingSet(1).points()).isNotEqualTo(ball.trainingSet(2).points());
    double[] kernel = ball.kernelPoints(50, 1).points();
    assertThat(kernel).isEqualTo(Arrays.copyOf(ball.trainingSet(1).points(), 150));
    assertThat(ball.kernelPoints(50, 1).targets())
        .isEqualTo(Arrays.copyOf(ball.trainingSet(1).targets(), 50));
    assertThat(ball.heldOutUniform(1).points()).isNotEqualTo(ball.heldOutNear(1).points());
    assertThat(ball.heldOutUniform(1).count()).isEqualTo(1000);
    assertThat(Arrays.copyOf(ball.heldOutUniform(1).points(), 150)).isNotEqualTo(kernel);
  }

  @Test
  void refusesABrokenMeshWithItsPath() throws IOException {
    Files.writeString(folder.resolve("s.ply"), "ply\n");
    Signal signal =
        new Signal.MeshFile("file:" + folder, "s.ply", SurfaceTarget.SDF, Loss.MSE, SAMPLING);
    assertThatThrownBy(() -> new SignalFiles(new Configuration(false)).read(signal))
        .isInstanceOf(UnreadableMeshException.class)
        .hasMessage("file:" + folder + "/s.ply: the PLY header has no end_header");
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatThrownBy(() -> new Signal.MeshFile("/", "a", SurfaceTarget.SDF, Loss.BCE, SAMPLING))
        .hasMessage("loss bce needs target: occupancy; sdf needs loss: mse");
    assertThatThrownBy(() -> new SurfaceSampling(0.5, 1, 0, 1, 1, 2, 1))
        .hasMessage("margin must be between 0 and 0.49, got 0.5");
    assertThatThrownBy(() -> new SurfaceSampling(0, 1, Double.NaN, 1, 1, 2, 1))
        .hasMessage("near-share must be between 0 and 1, got NaN");
    assertThatThrownBy(() -> new SurfaceSampling(0, 1, 0, 0, 1, 2, 1))
        .hasMessage("sigma must be positive and finite, got 0.0");
  }

  @Test
  void aFolderOfMeshesIsOneSignalEach() throws IOException {
    Files.write(folder.resolve("b.ply"), PlyWriter.write(Shapes.box(0, 1)));
    Files.writeString(folder.resolve("a.obj"), "v 0 0 0\n");
    MeshSource source =
        new MeshSource(folder.toString(), SurfaceTarget.OCCUPANCY, Loss.BCE, SAMPLING);
    Resolution resolution = new SignalResolver(new Configuration(false)).resolve(source);
    assertThat(resolution.signals())
        .containsExactly(
            new Signal.MeshFile(
                "file:" + folder, "a.obj", SurfaceTarget.OCCUPANCY, Loss.BCE, SAMPLING),
            new Signal.MeshFile(
                "file:" + folder, "b.ply", SurfaceTarget.OCCUPANCY, Loss.BCE, SAMPLING));
  }
}
