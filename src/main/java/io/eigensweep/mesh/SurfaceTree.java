package io.eigensweep.mesh;

/**
 * A bounding volume hierarchy over the triangles of a mesh, for exact closest points.
 *
 * <p>Nodes split at the median of the triangles' centres along the longest axis of their box, down
 * to {@value #LEAF} triangles. The left child of node i is i + 1.
 *
 * <p>Immutable; each thread asks through a {@link Query} of its own.
 */
public final class SurfaceTree {
  private static final int LEAF = 4;

  /** Deeper than any tree of 2^28 triangles. */
  static final int STACK = 64;

  /** Numbers per node: lowest x, y, z, highest x, y, z. */
  private static final int BOX = 6;

  private final TriangleMesh mesh;
  private final int[] order;
  private final double[] corners;
  private final int[] rightChild;
  private final int[] first;
  private final int[] count;
  private final double[] boxes;
  private int nodes;

  /** Builds the tree in O(n log n). */
  public SurfaceTree(TriangleMesh mesh) {
    this.mesh = mesh;
    int n = mesh.triangleCount();
    int most = Math.max(1, n); // a leaf has two triangles or more, where there are more nodes
    this.order = new int[n];
    this.rightChild = new int[most];
    this.first = new int[most];
    this.count = new int[most];
    this.boxes = new double[Math.multiplyExact(BOX, most)];
    double[] centres = new double[Math.multiplyExact(3, n)];
    for (int t = 0; t < n; t++) {
      order[t] = t;
      for (int axis = 0; axis < 3; axis++) {
        centres[3 * t + axis] =
            (mesh.corner(t, 0, axis) + mesh.corner(t, 1, axis) + mesh.corner(t, 2, axis)) / 3;
      }
    }
    build(0, n, centres);
    this.corners = new double[Math.multiplyExact(9, n)];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 9; k++) {
        corners[9 * i + k] = mesh.corner(order[i], k / 3, k % 3);
      }
    }
  }

  /** The mesh that the tree was built from. */
  public TriangleMesh mesh() {
    return mesh;
  }

  /** A workspace for one thread's questions. */
  public Query query() {
    return new Query();
  }

  private int build(int from, int to, double[] centres) {
    int node = nodes++;
    first[node] = from;
    count[node] = to - from;
    double[] low = {1, 1, 1};
    double[] high = {-1, -1, -1};
    for (int axis = 0; axis < 3; axis++) {
      low[axis] = Double.POSITIVE_INFINITY;
      high[axis] = Double.NEGATIVE_INFINITY;
      double boxLow = Double.POSITIVE_INFINITY;
      double boxHigh = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        double centre = centres[3 * order[i] + axis];
        low[axis] = Math.min(low[axis], centre);
        high[axis] = Math.max(high[axis], centre);
        for (int corner = 0; corner < 3; corner++) {
          double x = mesh.corner(order[i], corner, axis);
          boxLow = Math.min(boxLow, x);
          boxHigh = Math.max(boxHigh, x);
        }
      }
      boxes[BOX * node + axis] = boxLow;
      boxes[BOX * node + 3 + axis] = boxHigh;
    }
    if (to - from > LEAF) {
      int axis = 0;
      for (int other = 1; other < 3; other++) {
        if (high[other] - low[other] > high[axis] - low[axis]) {
          axis = other;
        }
      }
      int middle = (from + to) >>> 1;
      partition(from, to, middle, axis, centres);
      build(from, middle, centres);
      rightChild[node] = build(middle, to, centres);
    }
    return node;
  }

  /** Quickselect: the triangles before {@code middle} have no larger centres than those after. */
  private void partition(int from, int to, int middle, int axis, double[] centres) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      double pivot = centres[3 * order[(low + high) >>> 1] + axis];
      int i = low;
      int j = high;
      while (i <= j) {
        while (centres[3 * order[i] + axis] < pivot) {
          i++;
        }
        while (centres[3 * order[j] + axis] > pivot) {
          j--;
        }
        if (i <= j) {
          int swap = order[i];
          order[i++] = order[j];
          order[j--] = swap;
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  /** How many nodes there are; the children of a node come after it. */
  int nodes() {
    return nodes;
  }

  /** The right child of a node, 0 for a leaf; the left one is the next node. */
  int rightChild(int node) {
    return rightChild[node];
  }

  /** The first place of a node's triangles in the order of the tree. */
  int first(int node) {
    return first[node];
  }

  /** How many triangles a node has. */
  int count(int node) {
    return count[node];
  }

  /** The triangle at a place of the tree's order. */
  int triangleAt(int place) {
    return order[place];
  }

  /** Nine coordinates of each triangle, in the order of the tree; not to be changed. */
  double[] corners() {
    return corners;
  }

  /** Questions to the tree; the answer of the last {@link #nearest} is kept. */
  public final class Query {
    private final int[] stack = new int[STACK];
    private final double[] stackDistance = new double[STACK];
    private final ClosestPoint closest = new ClosestPoint();
    private int triangle;

    private Query() {}

    /**
     * Finds the closest point of the surface.
     *
     * @return its distance
     */
    public double nearest(double x, double y, double z) {
      closest.reset();
      int depth = 0;
      stack[0] = 0;
      stackDistance[0] = boxDistance(0, x, y, z);
      while (depth >= 0) {
        int node = stack[depth];
        double lowest = stackDistance[depth--];
        if (lowest >= closest.squared) {
          continue;
        }
        int right = rightChild[node];
        if (right == 0) {
          for (int i = first[node]; i < first[node] + count[node]; i++) {
            if (closest.offer(x, y, z, corners, 9 * i)) {
              triangle = order[i];
            }
          }
          continue;
        }
        double toLeft = boxDistance(node + 1, x, y, z);
        double toRight = boxDistance(right, x, y, z);
        boolean leftFirst = toLeft <= toRight;
        depth++;
        stack[depth] = leftFirst ? right : node + 1;
        stackDistance[depth] = leftFirst ? toRight : toLeft;
        depth++;
        stack[depth] = leftFirst ? node + 1 : right;
        stackDistance[depth] = leftFirst ? toLeft : toRight;
      }
      return Math.sqrt(closest.squared);
    }

    /** The triangle that the last closest point lies on. */
    public int triangle() {
      return triangle;
    }
  }

  private double boxDistance(int node, double x, double y, double z) {
    int at = BOX * node;
    double dx = Math.max(0, Math.max(boxes[at] - x, x - boxes[at + 3]));
    double dy = Math.max(0, Math.max(boxes[at + 1] - y, y - boxes[at + 4]));
    double dz = Math.max(0, Math.max(boxes[at + 2] - z, z - boxes[at + 5]));
    return dx * dx + dy * dy + dz * dz;
  }
}
