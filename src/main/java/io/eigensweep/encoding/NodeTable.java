package io.eigensweep.encoding;

/**
 * Where the nodes of a grid level find their numbers: a dense table with the first axis fastest
 * where all nodes fit, else a table of T entries at the spatial hash h(j) = (⊕_a j_a·π_a) mod T
 * with π = (1, 2654435761, 805459861) in unsigned 32-bit arithmetic (Müller et al. 2022, eq. 4;
 * Teschner et al. 2003). Nodes that collide share one entry.
 *
 * @param perAxis nodes per axis
 * @param d dimensions, 1 to 3
 * @param entries entries of the table: perAxis^d where it is dense
 */
public record NodeTable(int perAxis, int d, long entries) {
  private static final int[] PRIMES = {1, (int) 2_654_435_761L, 805_459_861};

  public NodeTable {
    if (d < 1 || d > PRIMES.length) {
      throw new IllegalArgumentException("grids have 1 to 3 dimensions, got " + d);
    }
  }

  /** The table of every node of a level. */
  static NodeTable dense(int perAxis, int d) {
    return new NodeTable(perAxis, d, nodes(perAxis, d));
  }

  /** The table of a level with at most {@code size} entries. */
  static NodeTable bounded(int perAxis, int d, int size) {
    return new NodeTable(perAxis, d, Math.min(size, nodes(perAxis, d)));
  }

  /** Whether every node has an entry of its own. */
  public boolean isDense() {
    return entries == nodes(perAxis, d);
  }

  /** The nodes of the level, perAxis^d. */
  private static long nodes(int perAxis, int d) {
    long nodes = 1;
    for (int axis = 0; axis < d; axis++) {
      nodes = Math.multiplyExact(nodes, (long) perAxis);
    }
    return nodes;
  }

  /**
   * The number of entries as an array index.
   *
   * @throws IllegalArgumentException when the table has 2^31 entries or more
   */
  int size() {
    if (entries > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a grid level of "
              + perAxis
              + " nodes per axis in "
              + d
              + " dimensions has "
              + entries
              + " entries; at most 2147483647 are possible: lower encoding.resolution or use a"
              + " hashgrid");
    }
    return (int) entries;
  }

  /**
   * How entries are found: fast, without asking again whether the table is dense.
   *
   * @return an index that {@link #size} bounds
   */
  Index index() {
    int size = size();
    if (isDense()) {
      return node -> {
        int at = 0;
        for (int axis = d - 1; axis >= 0; axis--) {
          at = at * perAxis + node[axis];
        }
        return at;
      };
    }
    return node -> {
      int hash = 0;
      for (int axis = 0; axis < d; axis++) {
        hash ^= node[axis] * PRIMES[axis];
      }
      return Integer.remainderUnsigned(hash, size);
    };
  }

  /** Finds the entry of a node from its d lattice coordinates, each from 0 to perAxis − 1. */
  @FunctionalInterface
  interface Index {
    int of(int[] node);
  }
}
