package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import org.junit.jupiter.api.Test;

class SurfaceTreeTest {
  private static double[] point(RandomStream random) {
    return new double[] {
      1.4 * random.nextDouble() - 0.2, 1.4 * random.nextDouble() - 0.2, random.nextDouble()
    };
  }

  private static double[] corners(TriangleMesh mesh, int triangle) {
    double[] corners = new double[9];
    for (int k = 0; k < 9; k++) {
      corners[k] = mesh.corner(triangle, k / 3, k % 3);
    }
    return corners;
  }

  /** The distance to a triangle by searching its barycentric coordinates, ever finer. */
  private static double searched(double[] p, double[] t) {
    double bestU = 0;
    double bestV = 0;
    double best = Double.POSITIVE_INFINITY;
    for (double step = 0.5; step > 1e-9; step *= 0.7) {
      double fromU = bestU;
      double fromV = bestV;
      for (int i = -3; i <= 3; i++) {
        for (int j = -3; j <= 3; j++) {
          double u = Math.max(0, Math.min(1, fromU + i * step));
          double v = Math.max(0, Math.min(1 - u, fromV + j * step));
          double squared = 0;
          for (int a = 0; a < 3; a++) {
            double x = t[a] + u * (t[3 + a] - t[a]) + v * (t[6 + a] - t[a]) - p[a];
            squared += x * x;
          }
          if (squared < best) {
            best = squared;
            bestU = u;
            bestV = v;
          }
        }
      }
    }
    return Math.sqrt(best);
  }

  @Test
  void distanceToATriangleIsTheLeastOverItsPoints() {
    TriangleMesh soup = Shapes.soup(60, 1);
    RandomStream random = RandomStream.of("test", 2);
    for (int t = 0; t < 60; t++) {
      double[] p = point(random);
      double[] corners = corners(soup, t);
      ClosestPoint closest = new ClosestPoint();
      closest.reset();
      closest.offer(p[0], p[1], p[2], corners, 0);
      assertThat(Math.sqrt(closest.squared)).isCloseTo(searched(p, corners), within(2e-6));
      double dx = closest.x - p[0];
      double dy = closest.y - p[1];
      double dz = closest.z - p[2];
      assertThat(dx * dx + dy * dy + dz * dz).isEqualTo(closest.squared);
    }
  }

  @Test
  void treeFindsWhatAllTrianglesWouldGive() {
    for (int count : new int[] {1, 4, 5, 300}) {
      assertFindsTheNearest(Shapes.soup(count, count), 200, 1e-15);
    }
    assertFindsTheNearest(Shapes.torus(0.3, 0.1, 20), 500, 1e-12);
    assertFindsTheNearest(Shapes.withHoles(Shapes.sphere(0.4, 10), 7), 500, 1e-12);
  }

  /** Compares {@code points} points with the least distance over all triangles. */
  static void assertFindsTheNearest(TriangleMesh mesh, int points, double tolerance) {
    SurfaceTree.Query query = new SurfaceTree(mesh).query();
    RandomStream random = RandomStream.of("test", mesh.triangleCount());
    for (int i = 0; i < points; i++) {
      double[] p = point(random);
      ClosestPoint closest = new ClosestPoint();
      closest.reset();
      for (int t = 0; t < mesh.triangleCount(); t++) {
        closest.offer(p[0], p[1], p[2], corners(mesh, t), 0);
      }
      assertThat(query.nearest(p[0], p[1], p[2]))
          .isCloseTo(Math.sqrt(closest.squared), within(tolerance));
      ClosestPoint own = new ClosestPoint();
      own.reset();
      own.offer(p[0], p[1], p[2], corners(mesh, query.triangle()), 0);
      assertThat(own.squared).isEqualTo(closest.squared);
    }
  }

  @Test
  void farFieldAgreesWithAllSolidAngles() {
    for (TriangleMesh mesh :
        new TriangleMesh[] {
          Shapes.torus(0.3, 0.1, 60), Shapes.withHoles(Shapes.sphere(0.4, 16), 7)
        }) {
      WindingNumber.Query query = new WindingNumber(new SurfaceTree(mesh)).query();
      RandomStream random = RandomStream.of("test", 4);
      for (int i = 0; i < 300; i++) {
        double[] p = point(random);
        double sum = 0;
        for (int t = 0; t < mesh.triangleCount(); t++) {
          sum += SolidAngle.of(p[0], p[1], p[2], corners(mesh, t), 0);
        }
        assertThat(query.at(p[0], p[1], p[2])).isCloseTo(sum / (4 * Math.PI), within(0.05));
      }
    }
  }

  @Test
  void windingNumbersOfClosedSurfacesAreWhole() {
    TriangleMesh box = Shapes.box(0.2, 0.7);
    WindingNumber.Query query = new WindingNumber(new SurfaceTree(box)).query();
    WindingNumber.Query reversed = new WindingNumber(new SurfaceTree(box.reversed())).query();
    RandomStream random = RandomStream.of("test", 5);
    for (int i = 0; i < 300; i++) {
      double[] p = point(random);
      boolean inside = true;
      for (double x : p) {
        inside &= x > 0.2 && x < 0.7;
      }
      double winding = query.at(p[0], p[1], p[2]);
      assertThat(winding).isCloseTo(inside ? 1 : 0, within(0.03));
      assertThat(reversed.at(p[0], p[1], p[2])).isCloseTo(-winding, within(1e-12));
    }
  }

  /** Distance, sign and normals of a sphere and a torus converge with the second order. */
  @Test
  void distancesConvergeToThoseOfTheShapes() {
    double[] errors = new double[6];
    for (int refinement = 0; refinement < 3; refinement++) {
      int n = 8 << refinement;
      SurfaceTree sphere = new SurfaceTree(Shapes.sphere(0.35, n));
      SurfaceTree torus = new SurfaceTree(Shapes.torus(0.3, 0.12, 4 * n));
      WindingNumber aroundSphere = new WindingNumber(sphere);
      WindingNumber aroundTorus = new WindingNumber(torus);
      RandomStream random = RandomStream.of("test", 6);
      for (int i = 0; i < 300; i++) {
        double[] p = point(random);
        double x = p[0] - 0.5;
        double y = p[1] - 0.5;
        double z = p[2] - 0.5;
        double toSphere = Math.sqrt(x * x + y * y + z * z) - 0.35;
        double toTorus = Math.hypot(Math.hypot(x, y) - 0.3, z) - 0.12;
        errors[refinement] =
            Math.max(errors[refinement], Math.abs(signed(sphere, aroundSphere, p) - toSphere));
        errors[3 + refinement] =
            Math.max(errors[3 + refinement], Math.abs(signed(torus, aroundTorus, p) - toTorus));
      }
    }
    assertThat(errors[2]).isLessThan(4e-4).isLessThan(errors[1] / 3);
    assertThat(errors[1]).isLessThan(errors[0] / 3);
    assertThat(errors[5]).isLessThan(1.5e-3).isLessThan(errors[4] / 3);
    assertThat(errors[4]).isLessThan(errors[3] / 3);
  }

  private static double signed(SurfaceTree tree, WindingNumber winding, double[] p) {
    double distance = tree.query().nearest(p[0], p[1], p[2]);
    return Math.abs(winding.query().at(p[0], p[1], p[2])) >= 0.5 ? -distance : distance;
  }

  @Test
  void areasAndVolumesConverge() {
    double r = 0.4;
    TriangleMesh sphere = Shapes.sphere(r, 40);
    assertThat(sphere.area()).isCloseTo(4 * Math.PI * r * r, within(2e-3));
    assertThat(sphere.volume()).isCloseTo(4 * Math.PI * r * r * r / 3, within(4e-4));
    TriangleMesh torus = Shapes.torus(0.3, 0.1, 200);
    assertThat(torus.volume()).isCloseTo(2 * Math.PI * Math.PI * 0.3 * 0.01, within(2e-5));
    assertThat(Shapes.box(0, 1).volume()).isCloseTo(1, within(1e-15));
    assertThat(Shapes.box(0, 1).reversed().volume()).isCloseTo(-1, within(1e-15));
  }
}
