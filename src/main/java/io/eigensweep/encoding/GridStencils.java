package io.eigensweep.encoding;

/**
 * Finds the nodes and weights with which points read one grid level of n cells per axis, its
 * numbers in a {@link NodeTable}; x = 1 belongs to the last cell.
 */
final class GridStencils {
  private GridStencils() {}

  static Stencils of(
      double[] points, int d, int cells, NodeTable table, Interpolation interpolation) {
    int count = points.length / d;
    NodeTable.Index index = table.index();
    int reach = interpolation.reach();
    int perPoint = interpolation.nodesPerPoint(d);
    int[] nodes = new int[Math.multiplyExact(count, perPoint)];
    double[] weights = new double[nodes.length];
    int[] first = new int[d];
    int[] node = new int[d];
    double[][] onAxis = new double[d][reach];
    for (int i = 0; i < count; i++) {
      for (int axis = 0; axis < d; axis++) {
        double position = points[i * d + axis] * cells;
        int cell = Math.min((int) position, cells - 1);
        first[axis] = cell + interpolation.weights(position - cell, onAxis[axis]);
      }
      for (int entry = 0; entry < perPoint; entry++) {
        double weight = 1;
        int rest = entry;
        for (int axis = 0; axis < d; axis++) {
          int step = rest % reach;
          rest /= reach;
          node[axis] = first[axis] + step;
          weight *= onAxis[axis][step];
        }
        nodes[i * perPoint + entry] = index.of(node);
        weights[i * perPoint + entry] = weight;
      }
    }
    return new Stencils(table.size(), perPoint, nodes, weights);
  }
}
