package io.eigensweep.encoding;

/**
 * How a grid level of n cells per axis is read between its nodes. Weights in d dimensions are
 * products of those on each axis; they sum to 1.
 */
public enum Interpolation {
  /** Multilinear: 2^d nodes with weights Π(1 − |x − node|). */
  LINEAR(2, 1) {
    @Override
    int weights(double t, double[] weights) {
      weights[0] = 1 - t;
      weights[1] = t;
      return 0;
    }
  },
  /** The one nearest node (halves go up). */
  NEAREST(1, 1) {
    @Override
    int weights(double t, double[] weights) {
      weights[0] = 1;
      return t >= 0.5 ? 1 : 0;
    }
  },
  /** Multilinear in 3t² − 2t³ instead of t. */
  SMOOTHSTEP(2, 1) {
    @Override
    int weights(double t, double[] weights) {
      double s = t * t * (3 - 2 * t);
      weights[0] = 1 - s;
      weights[1] = s;
      return 0;
    }
  },
  /**
   * Uniform cubic B-spline (de Boor 1978): twice continuously differentiable, 4^d nodes for each
   * point. (n + 3)^d nodes, as one more lies beyond each end: node j at (j − 1)/n. It smooths: a
   * node's own place reads 2/3 of it on each axis.
   */
  CUBIC_B_SPLINE(4, 3) {
    @Override
    int weights(double t, double[] weights) {
      double u = 1 - t;
      weights[0] = u * u * u / 6;
      weights[1] = ((3 * t - 6) * t * t + 4) / 6;
      weights[2] = ((3 * u - 6) * u * u + 4) / 6;
      weights[3] = t * t * t / 6;
      return 0;
    }
  };

  private final int reach;
  private final int surplus;

  Interpolation(int reach, int surplus) {
    this.reach = reach;
    this.surplus = surplus;
  }

  /**
   * The weights of the {@link #reach} nodes that a point reads on one axis.
   *
   * @param t where in its cell the point lies, from 0 to 1
   * @param weights is overwritten
   * @return how many nodes after the cell's first one the first of them is
   */
  abstract int weights(double t, double[] weights);

  /** Nodes that a point reads on one axis. */
  int reach() {
    return reach;
  }

  /** Nodes of a level on one axis. */
  int nodesPerAxis(int cells) {
    return cells + surplus;
  }

  /** Nodes that a point reads of one level in {@code d} dimensions. */
  public int nodesPerPoint(int d) {
    int nodes = 1;
    for (int axis = 0; axis < d; axis++) {
      nodes *= reach;
    }
    return nodes;
  }
}
