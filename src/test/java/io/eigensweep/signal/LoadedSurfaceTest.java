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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  private static TriangleMesh joined(TriangleMesh... parts) {
    double[] vertices = new double[0];
    int[] triangles = new int[0];
    for (TriangleMesh part : parts) {
      int first = vertices.length / 3;
      vertices =
          DoubleStream.concat(Arrays.stream(vertices), Arrays.stream(part.vertices())).toArray();
      triangles =
          IntStream.concat(
                  Arrays.stream(triangles), Arrays.stream(part.triangles()).map(i -> i + first))
              .toArray();
    }
    return new TriangleMesh(vertices, triangles);
  }

  private static TriangleMesh first(TriangleMesh mesh, int triangles) {
    return new TriangleMesh(mesh.vertices(), Arrays.copyOf(mesh.triangles(), 3 * triangles));
  }

  private static double insideShare(LoadedSurface surface) {
    SurfacePoints points = surface.heldOutUniform(0);
    int inside = 0;
    for (boolean is : points.inside()) {
      inside += is ? 1 : 0;
    }
    return (double) inside / points.count();
  }

  private static Stream<Arguments> withoutInside() {
    TriangleMesh box = Shapes.box(0, 1);
    TriangleMesh sphere = Shapes.sphere(0.4, 12);
    double[] bent = new double[3 * 9];
    for (int i = 0; i < 9; i++) {
      bent[3 * i] = i % 3;
      bent[3 * i + 1] = Math.floorDiv(i, 3);
      bent[3 * i + 2] = i == 4 ? 0.2 : 0;
    }
    int[] sheet = {0, 1, 4, 0, 4, 3, 1, 2, 4, 2, 5, 4, 3, 4, 6, 4, 7, 6, 4, 5, 8, 4, 8, 7};
    TriangleMesh plane = first(box, 2);
    TriangleMesh wall = first(box, 6);
    return Stream.of(
        Arguments.of("a box, each face once each way", joined(box, box.reversed())),
        Arguments.of("a ball likewise", joined(sphere, sphere.reversed())),
        Arguments.of("the same with common vertices", bothWays(sphere)),
        Arguments.of("an open plane", plane),
        Arguments.of("an open plane twice", joined(plane, plane)),
        Arguments.of("an open plane, once each way", joined(plane, plane.reversed())),
        Arguments.of("a shallow tent", new TriangleMesh(bent, sheet)),
        Arguments.of("two walls and the ground, each way", joined(wall, wall.reversed())));
  }

  private static TriangleMesh bothWays(TriangleMesh mesh) {
    return new TriangleMesh(
        mesh.vertices(),
        IntStream.concat(
                Arrays.stream(mesh.triangles()), Arrays.stream(mesh.reversed().triangles()))
            .toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutInside")
  void asksForAnInside(String what, TriangleMesh mesh) throws IOException {
    for (SurfaceTarget target : SurfaceTarget.values()) {
      LoadedSurface surface = load(mesh, target);
      assertThatThrownBy(() -> surface.trainingSet(0))
          .as(what)
          .isInstanceOf(UnreadableMeshException.class)
          .hasMessageMatching(
              "s\\.ply: the inside of the surface is undefined: at none of 4096 points of it there"
                  + " is a winding number of 3/4 or more on one side and of 1/4 or less on the"
                  + " other \\(the largest is [0-9.]+, the signed volume [-+.0-9e]+\\); target "
                  + io.eigensweep.settings.Names.of(target)
                  + " needs a surface that encloses something, each face once");
    }
  }

  private static Stream<Arguments> withInside() {
    TriangleMesh box = Shapes.box(0, 1);
    TriangleMesh inner = Shapes.box(0.25, 0.75);
    TriangleMesh other = Shapes.box(3, 4);
    double cube = 0.512;
    double far = 0.2 * 0.2 * 0.2;
    return Stream.of(
        Arguments.of("a box inside out", box.reversed(), cube),
        Arguments.of("two boxes", joined(box, other), 2 * far),
        Arguments.of("two boxes, one inside out: volume 0", joined(box, other.reversed()), 2 * far),
        Arguments.of("a hollow box", joined(box, inner.reversed()), 7 * cube / 8),
        Arguments.of("a box in a box", joined(box, inner), cube),
        Arguments.of("a box twice", joined(box, box), cube),
        Arguments.of("a box, a third of its faces twice", twice(box, 4), cube),
        Arguments.of("a box without its lid", first(box, 10), cube),
        Arguments.of("a ball with many holes", Shapes.withHoles(Shapes.sphere(0.4, 16), 5), 0.268));
  }

  /** The first {@code count} faces stand there twice, the same way round. */
  private static TriangleMesh twice(TriangleMesh mesh, int count) {
    return new TriangleMesh(
        mesh.vertices(),
        IntStream.concat(
                Arrays.stream(mesh.triangles()), Arrays.stream(first(mesh, count).triangles()))
            .toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withInside")
  void findsTheInsideOfWhatEnclosesSomething(String what, TriangleMesh mesh, double share)
      throws IOException {
    LoadedSurface surface = load(mesh, SurfaceTarget.OCCUPANCY);
    assertThat(surface.trainingSet(0).targets()).as(what).contains(0f, 1f);
    assertThat(insideShare(surface)).isCloseTo(share, within(0.06));
  }

  /** A plate of a few millionths: it has an inside, but none of the points lies there. */
  @Test
  void saysThatNoTrainingPointLiesInside() throws IOException {
    double[] flat = Shapes.box(0, 1).vertices().clone();
    for (int i = 2; i < flat.length; i += 3) {
      flat[i] *= 4e-6;
    }
    LoadedSurface plate =
        load(new TriangleMesh(flat, Shapes.box(0, 1).triangles()), SurfaceTarget.OCCUPANCY);
    assertThatThrownBy(() -> plate.trainingSet(0))
        .isInstanceOf(UnreadableMeshException.class)
        .hasMessageMatching(
            "s\\.ply: 0 of the 4000 training points lie inside the surface.*near-share.*");
  }

  @Test
  void saysThatEveryTrainingPointLiesInside() throws IOException {
    Files.write(folder.resolve("s.ply"), PlyWriter.write(Shapes.box(0, 1)));
    SurfaceSampling whole = new SurfaceSampling(0, 100, 0, 0.02, 10, 16, 10);
    LoadedSurface cube =
        (LoadedSurface)
            new SignalFiles(new Configuration(false))
                .read(
                    new Signal.MeshFile(
                        "file:" + folder, "s.ply", SurfaceTarget.SDF, Loss.MSE, whole));
    assertThatThrownBy(() -> cube.trainingSet(0))
        .hasMessage(
            "s.ply: 100 of the 100 training points lie inside the surface, at least one is wanted"
                + " on either side: signal.sampling.margin must leave more of the cube free");
  }
}
