package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceCutterTest {
  /** A letter U, 3 × 3 without 1 × 2: area 7. */
  private static final double[] U = {0, 0, 3, 0, 3, 3, 2, 3, 2, 1, 1, 1, 1, 3, 0, 3};

  private static int[] fan(int count) {
    int[] fan = new int[3 * (count - 2)];
    for (int i = 0; i < count - 2; i++) {
      fan[3 * i + 1] = i + 1;
      fan[3 * i + 2] = i + 2;
    }
    return fan;
  }

  /** The outline in the plane with those two edges at {@code height} above the ground. */
  private static double[] placed(double[] outline, double[] e, double[] f, double height) {
    double[] vertices = new double[outline.length / 2 * 3];
    double[] n = {e[1] * f[2] - e[2] * f[1], e[2] * f[0] - e[0] * f[2], e[0] * f[1] - e[1] * f[0]};
    for (int i = 0; i < vertices.length; i++) {
      int axis = i % 3;
      vertices[i] = outline[i / 3 * 2] * e[axis] + outline[i / 3 * 2 + 1] * f[axis];
      vertices[i] += height * n[axis];
    }
    return vertices;
  }

  private static void assertTiles(double[] vertices, int[] triangles, double area) {
    TriangleMesh mesh = new TriangleMesh(vertices, triangles);
    assertThat(mesh.area()).isCloseTo(area, within(1e-9 * area));
    double[] sum = new double[3];
    double[] normal = new double[3];
    for (int t = 0; t < mesh.triangleCount(); t++) {
      mesh.crossProduct(t, normal);
      for (int axis = 0; axis < 3; axis++) {
        sum[axis] += 0.5 * normal[axis];
      }
    }
    double net = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
    assertThat(net).isCloseTo(area, within(1e-9 * area)); // no triangle is turned over
  }

  private static int[] turned(int[] fan, int count, int by) {
    int[] turned = fan.clone();
    Arrays.setAll(turned, i -> (fan[i] + by) % count);
    return turned;
  }

  /** From every corner on, either way round, in planes of all directions. */
  @Test
  void aConcaveFaceHasTheAreaOfItsOutline() {
    RandomStream random = RandomStream.of("test", 4);
    for (int trial = 0; trial < 50; trial++) {
      double[] e = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[] f = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[] vertices = placed(U, e, f, 0.5);
      double unit =
          new TriangleMesh(placed(new double[] {0, 0, 1, 0, 1, 1}, e, f, 0), fan(3)).area() * 2;
      for (int by = 0; by < 8; by++) {
        int[] triangles = turned(fan(8), 8, by);
        assertThat(new FaceCutter(vertices).cut(triangles, 0, 8)).isTrue();
        assertTiles(vertices, triangles, 7 * unit);
      }
    }
  }

  @Test
  void aConvexFaceKeepsItsFan() {
    double[] circle = new double[3 * 40];
    for (int i = 0; i < 40; i++) {
      circle[3 * i] = Math.cos(2 * Math.PI * i / 40);
      circle[3 * i + 1] = Math.sin(2 * Math.PI * i / 40);
      circle[3 * i + 2] = 1e-3 * (i % 3); // not quite in a plane
    }
    int[] triangles = fan(40);
    assertThat(new FaceCutter(circle).cut(triangles, 0, 40)).isTrue();
    assertThat(triangles).isEqualTo(fan(40));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "0 0  1 0  2 0  2 1  2 2  1 2  0 2  0 1@4", // corners on a line
        "0 0  3 0  3 1  3 2  3 3  2 3  2 1  1 1  1 2  1 3  0 3@7", // a U with such
        "0 0  3 0  3 3  3 3  2 3  2 1  1 1  1 1  1 3  0 3@7", // corners twice in a place
        "0 0  4 0  4 4  0 4  0 0  1 1  1 3  3 3  3 1  1 1@12", // a hole, joined by a cut
        "0 0  4 0  4 1  1 1  1 2  4 2  4 3  1 3  1 4  4 4  4 5  0 5@14", // a comb
        "0 0  5 -1  6 0  5 1@6", // an arrow's head turned around: convex
        "0 0  -1 -1  6 0  -1 1@6", // an arrow: the first corner is the concave one
        "0 0  6 1  1 0  6 -1@1",
        "0 0  2 0  2 2  1 1e-12  0 2@2", // a notch down to the other side
      })
  void simpleOutlinesAreTiledWhereverTheyStart(String outline, double area) {
    double[] flat =
        Arrays.stream(outline.split(" +", -1)).mapToDouble(Double::parseDouble).toArray();
    int count = flat.length / 2;
    double[] vertices = placed(flat, new double[] {0, 1, 0}, new double[] {0, 0, 1}, 7);
    for (int by = 0; by < count; by++) {
      int[] triangles = turned(fan(count), count, by);
      assertThat(new FaceCutter(vertices).cut(triangles, 0, count)).isTrue();
      assertTiles(vertices, triangles, area);
    }
  }

  @Test
  void starsOfAnyShapeAreTiled() {
    RandomStream random = RandomStream.of("test", 5);
    for (int trial = 0; trial < 200; trial++) {
      int count = 4 + (int) (60 * random.nextDouble());
      double[] flat = new double[2 * count];
      double area = 0;
      for (int i = 0; i < count; i++) {
        double radius = 0.05 + random.nextDouble();
        flat[2 * i] = radius * Math.cos(2 * Math.PI * i / count);
        flat[2 * i + 1] = radius * Math.sin(2 * Math.PI * i / count);
      }
      for (int i = 0; i < count; i++) {
        int j = (i + 1) % count;
        area += 0.5 * (flat[2 * i] * flat[2 * j + 1] - flat[2 * i + 1] * flat[2 * j]);
      }
      double[] vertices = placed(flat, new double[] {1, 0, 0}, new double[] {0, 0.6, 0.8}, 1);
      int[] triangles = fan(count);
      assertThat(new FaceCutter(vertices).cut(triangles, 0, count)).isTrue();
      assertTiles(vertices, triangles, area);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0  2 2  2 0  0 2", // a bow with equal halves: no normal
        "0 0  3 3  3 0  0 2", // and with others
        "0 3  2 -3  -3 1  3 1  -2 -3", // a pentagram
        "0 0  1 0  0 1  1 0", // there and back
      })
  void outlinesThatCrossThemselvesStayFansAndAreSaid(String outline) {
    double[] flat =
        Arrays.stream(outline.split(" +", -1)).mapToDouble(Double::parseDouble).toArray();
    int count = flat.length / 2;
    int[] triangles = fan(count);
    double[] vertices = placed(flat, new double[] {0, 1, 0}, new double[] {0, 0, 1}, 0);
    assertThat(new FaceCutter(vertices).cut(triangles, 0, count)).isFalse();
    assertThat(triangles).isEqualTo(fan(count));
  }

  @Test
  void facesWithoutAreaOrWithoutNumbersAreLeftAlone() {
    double[] line = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};
    int[] triangles = fan(4);
    assertThat(new FaceCutter(line).cut(triangles, 0, 4)).isTrue();
    line[5] = Double.NaN;
    assertThat(new FaceCutter(line).cut(triangles, 0, 4)).isTrue();
    assertThat(triangles).isEqualTo(fan(4));
  }

  /** Both ends of a prism over a U as one face of eight corners each. */
  @Test
  void aPrismOverAConcaveFaceHasItsAreaVolumeAndDistances() throws UnreadableMeshException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append("v ").append(U[i % 8 * 2]).append(' ').append(U[i % 8 * 2 + 1]);
      text.append(' ').append(i / 8).append('\n');
    }
    text.append("f 8 7 6 5 4 3 2 1\nf 9 10 11 12 13 14 15 16\n");
    for (int i = 0; i < 8; i++) {
      int j = (i + 1) % 8;
      text.append("f ").append(i + 1).append(' ').append(j + 1).append(' ').append(j + 9);
      text.append(' ').append(i + 9).append('\n');
    }
    StoredMesh stored = MeshReader.read(text.toString().getBytes(StandardCharsets.US_ASCII));
    assertThat(stored.crossedFaces()).isZero();
    assertThat(stored.mesh().triangleCount()).isEqualTo(28);
    assertThat(stored.mesh().area()).isCloseTo(30, within(1e-12));
    assertThat(stored.mesh().volume()).isCloseTo(7, within(1e-12));
    SurfaceTree tree = new SurfaceTree(stored.surface());
    WindingNumber.Query around = new WindingNumber(tree).query();
    assertThat(tree.query().nearest(1.5, 2, 1)).isCloseTo(0.5, within(1e-12)); // in the gap
    assertThat(around.at(1.5, 2, 0.5)).isCloseTo(0, within(0.02));
    assertThat(around.at(0.5, 2, 0.5)).isCloseTo(1, within(0.02));
  }
}
