package io.eigensweep.encoding;

/**
 * How N points read one grid level: S nodes and weights per point, w(x) in sparse form. A node that
 * stands more than once in a point's stencil (a hash collision) counts with the sum of its weights.
 *
 * @param nodeCount entries of the level
 * @param perPoint S, nodes per point
 * @param nodes length N·S, the node indices of point i at i·S
 * @param weights length N·S, their interpolation weights; they sum to 1 per point
 */
@SuppressWarnings(
    "ArrayRecordComponent") // tables shared read-only with inner loops; never compared
public record Stencils(int nodeCount, int perPoint, int[] nodes, double[] weights) {

  /** The stencils of the points listed in {@code rows}, in that order. */
  public Stencils select(int[] rows) {
    int[] selectedNodes = new int[Math.multiplyExact(rows.length, perPoint)];
    double[] selectedWeights = new double[selectedNodes.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(nodes, rows[i] * perPoint, selectedNodes, i * perPoint, perPoint);
      System.arraycopy(weights, rows[i] * perPoint, selectedWeights, i * perPoint, perPoint);
    }
    return new Stencils(nodeCount, perPoint, selectedNodes, selectedWeights);
  }
}
