package io.eigensweep.encoding;

/**
 * Finds the nodes and weights with which points read one grid level of n cells per axis: nodes at
 * j/n, their entries in a {@link NodeTable}; x = 1 belongs to the last cell.
 */
final class GridStencils {
  private GridStencils() {}

  static Stencils of(
      double[] points, int d, int cells, NodeTable table, Interpolation interpolation) {
    int count = points.length / d;
    NodeTable.Index index = table.index();
    int perPoint = interpolation == Interpolation.NEAREST ? 1 : 1 << d;
    int[] nodes = new int[Math.multiplyExact(count, perPoint)];
    double[] weights = new double[nodes.length];
    int[] cell = new int[d];
    int[] node = new int[d];
    double[] fraction = new double[d];
    for (int i = 0; i < count; i++) {
      for (int axis = 0; axis < d; axis++) {
        double position = points[i * d + axis] * cells;
        cell[axis] = Math.min((int) position, cells - 1);
        fraction[axis] = weight(position - cell[axis], interpolation);
      }
      for (int corner = 0; corner < perPoint; corner++) {
        double weight = 1;
        for (int axis = 0; axis < d; axis++) {
          boolean upper =
              interpolation == Interpolation.NEAREST
                  ? fraction[axis] >= 0.5
                  : (corner >> axis & 1) == 1;
          node[axis] = cell[axis] + (upper ? 1 : 0);
          if (interpolation != Interpolation.NEAREST) {
            weight *= upper ? fraction[axis] : 1 - fraction[axis];
          }
        }
        nodes[i * perPoint + corner] = index.of(node);
        weights[i * perPoint + corner] = weight;
      }
    }
    return new Stencils(table.size(), perPoint, nodes, weights);
  }

  private static double weight(double t, Interpolation interpolation) {
    return interpolation == Interpolation.SMOOTHSTEP ? t * t * (3 - 2 * t) : t;
  }
}
