package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
  @Test
  void theLongestAxisFillsTheCubeUpToTheMargin() throws UnreadableMeshException {
    TriangleMesh mesh =
        new TriangleMesh(new double[] {10, 0, 3, 30, 4, 3, 10, 4, 8}, new int[] {0, 1, 2});
    Placement placement = Placement.fitting(mesh, 0.1);
    assertThat(placement).isEqualTo(new Placement(20, 2, 5.5, 0.8 / 20));
    assertThat(placement.apply(mesh).bounds())
        .containsExactly(new double[] {0.1, 0.42, 0.4, 0.9, 0.58, 0.6}, within(1e-15));
  }

  @Test
  void refusesAPoint() {
    TriangleMesh point = new TriangleMesh(new double[] {1, 2, 3}, new int[] {0, 0, 0});
    assertThatThrownBy(() -> Placement.fitting(point, 0.1))
        .hasMessage("the mesh has no usable extent: its longest side is 0.0");
  }

  @Test
  void pointsOnASurfaceAreUniformByArea() throws UnreadableMeshException {
    TriangleMesh mesh =
        new TriangleMesh(
            new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 1, 0, 1, 1},
            new int[] {0, 1, 2, 0, 0, 1, 3, 4, 5});
    SurfaceSampler sampler = new SurfaceSampler(mesh);
    RandomStream random = RandomStream.of("test", 1);
    double[] point = new double[3];
    double[] mean = new double[3];
    int[] hits = new int[3];
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      int triangle = sampler.draw(random, point, 0);
      hits[triangle]++;
      assertThat(point[2]).isCloseTo(triangle == 0 ? 0 : 1, within(1e-15));
      for (int axis = 0; axis < 2; axis++) {
        mean[axis] += point[axis] / (triangle == 0 ? 1 : 3 - 2 * axis) / n;
      }
    }
    assertThat(hits[0]).isBetween(n / 4 - 300, n / 4 + 300);
    assertThat(hits[1]).isZero();
    assertThat(mean[0]).isCloseTo(1.0 / 3, within(0.01));
    assertThat(mean[1]).isCloseTo(1.0 / 3, within(0.01));
  }

  @Test
  void refusesASurfaceWithoutArea() {
    TriangleMesh line =
        new TriangleMesh(new double[] {0, 0, 0, 1, 0, 0, 2, 0, 0}, new int[] {0, 1, 2});
    assertThatThrownBy(() -> new SurfaceSampler(line)).hasMessage("the surface has no area");
  }

  @Test
  void aShadedBallIsRoundAndLitFromTheLeft() {
    ShadedPicture picture = ShadedPicture.of(Shapes.sphere(0.4, 30), 64);
    assertThat(picture.gray()).hasSize(64 * 64);
    int dark = 0;
    double left = 0;
    double right = 0;
    for (int at = 0; at < 64 * 64; at++) {
      if (picture.gray()[at] < 0.95) {
        dark++;
      }
      if (at % 64 < 32) {
        left += picture.gray()[at];
      } else {
        right += picture.gray()[at];
      }
    }
    double radius = 0.4 * 0.9 * 64;
    assertThat((double) dark).isCloseTo(Math.PI * radius * radius, within(120.0));
    assertThat(left).isGreaterThan(1.05 * right);
    assertThat(picture.gray()[0]).isEqualTo(1f);
  }
}
