package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarchingCubesTest {
  private interface Field {
    double at(double x, double y, double z);
  }

  private static TriangleMesh extract(int cells, Field field) {
    float[] values = new float[(cells + 1) * (cells + 1) * (cells + 1)];
    for (int at = 0; at < values.length; at++) {
      double i = at % (cells + 1);
      double j = at / (cells + 1) % (cells + 1);
      double k = Math.floorDiv(at, (cells + 1) * (cells + 1));
      values[at] = (float) field.at(i / cells, j / cells, k / cells);
    }
    return MarchingCubes.extract(values, cells, 0);
  }

  /** Every edge has exactly two triangles, which run along it in opposite directions. */
  private static void assertClosed(TriangleMesh mesh) {
    Map<Long, Integer> directed = new HashMap<>();
    for (int t = 0; t < mesh.triangleCount(); t++) {
      for (int corner = 0; corner < 3; corner++) {
        long from = mesh.triangles()[3 * t + corner];
        long to = mesh.triangles()[3 * t + (corner + 1) % 3];
        directed.merge(from << 32 | to, 1, Integer::sum);
      }
    }
    assertThat(directed.values()).allMatch(uses -> uses == 1);
    assertThat(directed.keySet()).allMatch(edge -> directed.containsKey(edge << 32 | edge >>> 32));
  }

  @Test
  void surfacesOfNoiseAreClosedAndOriented() {
    for (int seed = 0; seed < 6; seed++) {
      RandomStream random = RandomStream.of("test", seed);
      double shift = 0.4 * seed - 1;
      TriangleMesh mesh = extract(9, (x, y, z) -> random.nextGaussian() + shift);
      assertThat(mesh.triangleCount()).isGreaterThan(500);
      assertClosed(mesh);
      assertThat(mesh.volume()).isPositive();
      for (double x : mesh.vertices()) {
        assertThat(x).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void everyPatternIsTriangulatedAndItsComplementCrossesTheSameEdges() {
    for (int inside = 0; inside < 256; inside++) {
      boolean[] crossed = new boolean[CubeCases.EDGES];
      for (int edge : CubeCases.of(inside)) {
        crossed[edge] = true;
      }
      for (int edge = 0; edge < CubeCases.EDGES; edge++) {
        int low = CubeCases.lowCorner(edge);
        int high = low + (1 << (edge / 4));
        assertThat(crossed[edge])
            .as("edge %d of pattern %d", edge, inside)
            .isEqualTo(((inside >> low) + (inside >> high)) % 2 != 0);
      }
    }
  }

  @Test
  void aSphereConvergesInAreaVolumeAndPlace() {
    double[] errors = new double[3];
    for (int refinement = 0; refinement < 3; refinement++) {
      TriangleMesh mesh =
          extract(
              16 << refinement,
              (x, y, z) ->
                  0.3
                      - Math.sqrt(
                          (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) + (z - 0.5) * (z - 0.5)));
      assertClosed(mesh);
      for (int v = 0; v < mesh.vertexCount(); v++) {
        double r =
            Math.hypot(
                Math.hypot(mesh.vertices()[3 * v] - 0.5, mesh.vertices()[3 * v + 1] - 0.5),
                mesh.vertices()[3 * v + 2] - 0.5);
        assertThat(r).isCloseTo(0.3, within(3e-3));
      }
      assertThat(mesh.vertexCount() - mesh.triangleCount() / 2).isEqualTo(2);
      errors[refinement] = Math.abs(mesh.volume() - 4 * Math.PI * 0.027 / 3);
    }
    assertThat(errors[1]).isLessThan(errors[0] / 3);
    assertThat(errors[2]).isLessThan(errors[1] / 3).isLessThan(2e-4);
  }

  @Test
  void aTorusHasItsHole() {
    TriangleMesh mesh =
        extract(40, (x, y, z) -> 0.1 - Math.hypot(Math.hypot(x - 0.5, y - 0.5) - 0.3, z - 0.5));
    assertClosed(mesh);
    assertThat(mesh.vertexCount() - mesh.triangleCount() / 2).isZero();
    assertThat(mesh.volume()).isCloseTo(2 * Math.PI * Math.PI * 0.3 * 0.01, within(1e-3));
  }

  @Test
  void theCubeIsCutOffAtItsBoundary() {
    TriangleMesh whole = extract(5, (x, y, z) -> 1);
    assertClosed(whole);
    assertThat(whole.volume()).isCloseTo(1, within(1e-12));
    assertThat(whole.area()).isCloseTo(6, within(1e-12));
    assertThat(extract(5, (x, y, z) -> -1).triangleCount()).isZero();
  }

  @Test
  void aValueAtTheLevelStillGivesAClosedSurface() {
    TriangleMesh mesh = extract(6, (x, y, z) -> Math.rint(3 * (x + y - z)) - 1);
    assertClosed(mesh);
  }

  @Test
  void refusesALatticeOfAnotherSize() {
    assertThatThrownBy(() -> MarchingCubes.extract(new float[26], 2, 0))
        .hasMessage("a lattice of 2 cells has 27 nodes, got 26");
  }
}
