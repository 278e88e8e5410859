package io.eigensweep.mesh;

import java.util.Arrays;

/**
 * Extracts the surface between inside and outside of a field on a lattice of the unit cube, with
 * the patterns of {@link CubeCases}. A corner is inside where its value is above the level; a
 * vertex lies where the field, linear along the lattice edge, equals the level. Outside the cube
 * counts as outside, so that the surface is always closed, and every edge belongs to exactly two
 * triangles that run along it in opposite directions. Where a value equals the level exactly,
 * triangles may have no area.
 */
public final class MarchingCubes {
  private final float[] field;
  private final float level;
  private final int cells;
  private final int side;
  private double[] vertices = new double[3 * 1024];
  private int vertexValues;
  private int[] triangles = new int[3 * 1024];
  private int corners;

  /**
   * Vertex of each lattice edge of two layers of nodes: [layer parity][axis][node of the layer].
   */
  private final int[][][] known;

  private MarchingCubes(float[] field, int cells, float level) {
    this.field = field;
    this.cells = cells;
    this.level = level;
    this.side = cells + 3;
    this.known = new int[2][3][side * side];
  }

  /**
   * The surface of a field.
   *
   * @param field values at the nodes (i, j, k)/cells, i fastest: (cells + 1)³ of them
   * @param level the value at the surface; larger values are inside
   * @return a closed surface whose triangles run counter-clockwise seen from outside; without
   *     triangles when nothing is inside
   */
  public static TriangleMesh extract(float[] field, int cells, float level) {
    long nodes = (cells + 1L) * (cells + 1L) * (cells + 1L);
    if (cells < 1 || field.length != nodes) {
      throw new IllegalArgumentException(
          "a lattice of " + cells + " cells has " + nodes + " nodes, got " + field.length);
    }
    return new MarchingCubes(field, cells, level).extract();
  }

  /** Layers and nodes run from −1 to cells + 1: the outermost are the outside. */
  private TriangleMesh extract() {
    for (int k = -1; k <= cells; k++) {
      for (int axis = 0; axis < 3; axis++) {
        // Edges in the upper layer are new; those along z start in the lower one.
        Arrays.fill(known[axis == 2 ? k & 1 : k + 1 & 1][axis], -1);
        if (k == -1) {
          Arrays.fill(known[1][axis], -1);
        }
      }
      for (int j = -1; j <= cells; j++) {
        for (int i = -1; i <= cells; i++) {
          cell(i, j, k);
        }
      }
    }
    return new TriangleMesh(
        Arrays.copyOf(vertices, vertexValues), Arrays.copyOf(triangles, corners));
  }

  private void cell(int i, int j, int k) {
    int inside = 0;
    for (int corner = 0; corner < 8; corner++) {
      if (isInside(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2))) {
        inside |= 1 << corner;
      }
    }
    int[] edges = CubeCases.of(inside);
    if (edges.length == 0) {
      return;
    }
    if (corners + edges.length > triangles.length) {
      triangles = Arrays.copyOf(triangles, Math.multiplyExact(2, triangles.length));
    }
    for (int edge : edges) {
      int low = CubeCases.lowCorner(edge);
      triangles[corners++] = vertex(i + (low & 1), j + (low >> 1 & 1), k + (low >> 2), edge / 4);
    }
  }

  private boolean isOutsideCube(int i, int j, int k) {
    return Math.min(i, Math.min(j, k)) < 0 || Math.max(i, Math.max(j, k)) > cells;
  }

  private boolean isInside(int i, int j, int k) {
    return !isOutsideCube(i, j, k) && value(i, j, k) > level;
  }

  private float value(int i, int j, int k) {
    return field[(k * (cells + 1) + j) * (cells + 1) + i];
  }

  /** The vertex on the edge that starts at a node and runs along {@code axis}. */
  private int vertex(int i, int j, int k, int axis) {
    int[] layer = known[k & 1][axis];
    int at = (j + 1) * side + i + 1;
    if (layer[at] < 0) {
      layer[at] = vertexValues / 3;
      if (vertexValues == vertices.length) {
        vertices = Arrays.copyOf(vertices, Math.multiplyExact(2, vertexValues));
      }
      double along = crossing(i, j, k, axis);
      vertices[vertexValues++] = (i + (axis == 0 ? along : 0)) / cells;
      vertices[vertexValues++] = (j + (axis == 1 ? along : 0)) / cells;
      vertices[vertexValues++] = (k + (axis == 2 ? along : 0)) / cells;
    }
    return layer[at];
  }

  /**
   * Where the edge crosses the level, from 0 to 1; on the cube's boundary when it leaves the cube.
   */
  private double crossing(int i, int j, int k, int axis) {
    int ni = i + (axis == 0 ? 1 : 0);
    int nj = j + (axis == 1 ? 1 : 0);
    int nk = k + (axis == 2 ? 1 : 0);
    if (isOutsideCube(i, j, k)) {
      return 1;
    } else if (isOutsideCube(ni, nj, nk)) {
      return 0;
    }
    double low = value(i, j, k);
    double high = value(ni, nj, nk);
    return (level - low) / (high - low);
  }
}
