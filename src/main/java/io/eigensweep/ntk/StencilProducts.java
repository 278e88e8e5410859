package io.eigensweep.ntk;

import io.eigensweep.encoding.Stencils;
import java.util.Arrays;

/**
 * Rows of w·wᵀ of one grid level: how much the stencils of two points overlap. Two points that
 * share no node have 0, so a row costs as much as there are points around its nodes.
 */
final class StencilProducts {
  private final Stencils stencils;
  private final int[] firstAtNode;
  private final int[] entries;

  StencilProducts(Stencils stencils) {
    this.stencils = stencils;
    this.firstAtNode = new int[stencils.nodeCount() + 1];
    int[] nodes = stencils.nodes();
    for (int node : nodes) {
      firstAtNode[node + 1]++;
    }
    for (int node = 0; node < stencils.nodeCount(); node++) {
      firstAtNode[node + 1] += firstAtNode[node];
    }
    this.entries = new int[nodes.length];
    int[] next = firstAtNode.clone();
    for (int entry = 0; entry < nodes.length; entry++) {
      entries[next[nodes[entry]]++] = entry;
    }
  }

  /** w_i·w_j for j from {@code firstColumn} on, into {@code row}, which is overwritten. */
  void row(int i, int firstColumn, double[] row) {
    Arrays.fill(row, 0);
    int s = stencils.perPoint();
    double[] weights = stencils.weights();
    for (int own = i * s; own < (i + 1) * s; own++) {
      int node = stencils.nodes()[own];
      for (int at = firstAtNode[node]; at < firstAtNode[node + 1]; at++) {
        int j = entries[at] / s - firstColumn;
        if (j >= 0) {
          row[j] += weights[own] * weights[entries[at]];
        }
      }
    }
  }

  /**
   * The points from i on that share a node with point i, appended to {@code met} without those that
   * are {@code seen}, which they are afterwards.
   *
   * @return how many there are in {@code met} then
   */
  int neighbours(int i, boolean[] seen, int[] met, int count) {
    int s = stencils.perPoint();
    int end = count;
    for (int own = i * s; own < (i + 1) * s; own++) {
      int node = stencils.nodes()[own];
      for (int at = firstAtNode[node]; at < firstAtNode[node + 1]; at++) {
        int j = entries[at] / s;
        if (j >= i && !seen[j]) {
          seen[j] = true;
          met[end++] = j;
        }
      }
    }
    return end;
  }

  /** Adds w_i·w_j to {@code row[j]} for every j from i on that shares a node with i. */
  void addRow(int i, double[] row) {
    int s = stencils.perPoint();
    for (int own = i * s; own < (i + 1) * s; own++) {
      int node = stencils.nodes()[own];
      for (int at = firstAtNode[node]; at < firstAtNode[node + 1]; at++) {
        int j = entries[at] / s;
        if (j >= i) {
          row[j] += stencils.weights()[own] * stencils.weights()[entries[at]];
        }
      }
    }
  }
}
