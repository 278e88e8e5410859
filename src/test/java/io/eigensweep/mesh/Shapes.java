package io.eigensweep.mesh;

import io.eigensweep.linalg.RandomStream;
import java.util.HashMap;
import java.util.Map;

/** Meshes of known shapes, in the unit cube, their faces counter-clockwise from outside. */
public final class Shapes {
  private Shapes() {}

  /** The box [low, high]³, two triangles a side. */
  public static TriangleMesh box(double low, double high) {
    double[] vertices = new double[24];
    for (int i = 0; i < 24; i++) {
      vertices[i] = ((i / 3) >> (i % 3)) % 2 == 0 ? low : high;
    }
    int[] quads = {0, 2, 3, 1, 4, 5, 7, 6, 0, 1, 5, 4, 2, 6, 7, 3, 0, 4, 6, 2, 1, 3, 7, 5};
    int[] triangles = new int[36];
    for (int i = 0; i < 6; i++) {
      int[] corners = {0, 1, 2, 0, 2, 3};
      for (int k = 0; k < 6; k++) {
        triangles[6 * i + k] = quads[4 * i + corners[k]];
      }
    }
    return new TriangleMesh(vertices, triangles);
  }

  /** A ring around the third axis through the centre of the cube: n × n quads. */
  public static TriangleMesh torus(double large, double small, int n) {
    double[] vertices = new double[3 * n * n];
    int[] triangles = new int[6 * n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double u = 2 * Math.PI * i / n;
        double v = 2 * Math.PI * j / n;
        int at = 3 * (i * n + j);
        vertices[at] = 0.5 + (large + small * Math.cos(v)) * Math.cos(u);
        vertices[at + 1] = 0.5 + (large + small * Math.cos(v)) * Math.sin(u);
        vertices[at + 2] = 0.5 + small * Math.sin(v);
        int right = (i + 1) % n * n + j;
        int up = i * n + (j + 1) % n;
        int both = (i + 1) % n * n + (j + 1) % n;
        int[] two = {i * n + j, right, both, i * n + j, both, up};
        System.arraycopy(two, 0, triangles, 6 * (i * n + j), 6);
      }
    }
    return new TriangleMesh(vertices, triangles);
  }

  /** A sphere around the centre of the cube: a cube of 6n² quads blown up. */
  public static TriangleMesh sphere(double radius, int n) {
    Map<String, Integer> known = new HashMap<>();
    double[] vertices = new double[3 * (6 * n * n + 2)];
    int[] triangles = new int[36 * n * n];
    int corner = 0;
    for (int side = 0; side < 6; side++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          int[][] quad = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j}, {i + 1, j + 1}, {i, j + 1}};
          for (int[] at : quad) {
            int axis = side / 2;
            double[] x = new double[3];
            x[axis] = side % 2 == 0 ? -1 : 1;
            int first = side % 2 == 1 ? at[0] : at[1];
            int second = side % 2 == 1 ? at[1] : at[0];
            x[(axis + 1) % 3] = 2.0 * first / n - 1;
            x[(axis + 2) % 3] = 2.0 * second / n - 1;
            int vertex = known.computeIfAbsent(x[0] + " " + x[1] + " " + x[2], key -> known.size());
            double norm = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
            for (int a = 0; a < 3; a++) {
              vertices[3 * vertex + a] = 0.5 + radius * x[a] / norm;
            }
            triangles[corner++] = vertex;
          }
        }
      }
    }
    return new TriangleMesh(vertices, triangles);
  }

  /** Triangles anywhere, one in ten without area. */
  static TriangleMesh soup(int count, long seed) {
    RandomStream random = RandomStream.of("soup", seed);
    double[] vertices = new double[9 * count];
    int[] triangles = new int[3 * count];
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = random.nextDouble();
    }
    for (int i = 0; i < triangles.length; i++) {
      triangles[i] = i;
    }
    for (int t = 0; t < count; t += 10) {
      int from = t % 20 == 0 ? 3 * t : 3 * t + 1;
      System.arraycopy(vertices, 3 * from, vertices, 9 * t + 6, 3);
    }
    return new TriangleMesh(vertices, triangles);
  }

  /** The same without the triangles whose number {@code every} divides. */
  public static TriangleMesh withHoles(TriangleMesh mesh, int every) {
    int[] kept = new int[mesh.triangles().length];
    int count = 0;
    for (int t = 0; t < mesh.triangleCount(); t++) {
      if (t % every != 0) {
        System.arraycopy(mesh.triangles(), 3 * t, kept, 3 * count++, 3);
      }
    }
    return new TriangleMesh(mesh.vertices(), java.util.Arrays.copyOf(kept, 3 * count));
  }
}
