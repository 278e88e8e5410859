package io.eigensweep.mesh;

/**
 * The generalized winding number of a surface (Jacobson et al. 2013): w(q) = Σ_t Ω_t(q)/4π with Ω
 * the signed solid angle of a triangle. About 1 inside and 0 outside of a closed surface, −1 inside
 * one whose faces are reversed; holes blur it, and it stays smooth.
 *
 * <p>Far from a node of the tree, at more than β = {@value #BETA} times its radius from its centre
 * p̃, the sum over its triangles is replaced by the first two terms of its expansion (Barill et al.
 * 2018, §3; a_t, n_t, c_t area, unit normal and centre of triangle t, d = p̃ − q, M = Σ a_t (c_t −
 * p̃) ⊗ n_t):
 *
 * <pre>
 *   4πw ≈ (Σ a_t n_t)·d/|d|³ + tr(M)/|d|³ − 3 dᵀMd/|d|⁵
 * </pre>
 *
 * <p>Immutable; each thread asks through a {@link Query} of its own.
 */
public final class WindingNumber {
  private static final double BETA = 2.5;

  /** Numbers per node: p̃ (3), β²r² (1), Σ a n (3), M (9). */
  private static final int FAR = 16;

  private final SurfaceTree tree;
  private final double[] far;

  /** Expands every node of {@code tree}. */
  public WindingNumber(SurfaceTree tree) {
    this.tree = tree;
    this.far = new double[Math.multiplyExact(FAR, tree.nodes())];
    for (int node = 0; node < tree.nodes(); node++) {
      expand(node);
    }
  }

  /** A workspace for one thread's questions. */
  public Query query() {
    return new Query();
  }

  private void expand(int node) {
    TriangleMesh mesh = tree.mesh();
    double[] corners = tree.corners();
    int at = FAR * node;
    int from = tree.first(node);
    int to = from + tree.count(node);
    double area = 0;
    for (int i = from; i < to; i++) {
      double own = mesh.area(tree.triangleAt(i));
      area += own;
      for (int axis = 0; axis < 3; axis++) {
        far[at + axis] += own * centre(corners, i, axis);
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      far[at + axis] = area > 0 ? far[at + axis] / area : centre(corners, from, axis);
    }
    double[] normal = new double[3];
    double radius = 0;
    for (int i = from; i < to; i++) {
      mesh.crossProduct(tree.triangleAt(i), normal);
      for (int axis = 0; axis < 3; axis++) {
        double share = 0.5 * normal[axis];
        far[at + 4 + axis] += share;
        for (int row = 0; row < 3; row++) {
          far[at + 7 + 3 * row + axis] += share * (centre(corners, i, row) - far[at + row]);
        }
      }
      for (int corner = 0; corner < 3; corner++) {
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
          double x = corners[9 * i + 3 * corner + axis] - far[at + axis];
          squared += x * x;
        }
        radius = Math.max(radius, squared);
      }
    }
    far[at + 3] = BETA * BETA * radius;
  }

  private static double centre(double[] corners, int i, int axis) {
    return (corners[9 * i + axis] + corners[9 * i + 3 + axis] + corners[9 * i + 6 + axis]) / 3;
  }

  /** Questions of one thread. */
  public final class Query {
    private final int[] stack = new int[SurfaceTree.STACK];

    private Query() {}

    /** w at a point. */
    public double at(double x, double y, double z) {
      double[] corners = tree.corners();
      double sum = 0;
      int depth = 0;
      stack[0] = 0;
      while (depth >= 0) {
        int node = stack[depth--];
        int at = FAR * node;
        double dx = far[at] - x;
        double dy = far[at + 1] - y;
        double dz = far[at + 2] - z;
        double d2 = dx * dx + dy * dy + dz * dz;
        int right = tree.rightChild(node);
        if (d2 > far[at + 3]) {
          double inverse = 1 / (d2 * Math.sqrt(d2));
          double mx = far[at + 7] * dx + far[at + 8] * dy + far[at + 9] * dz;
          double my = far[at + 10] * dx + far[at + 11] * dy + far[at + 12] * dz;
          double mz = far[at + 13] * dx + far[at + 14] * dy + far[at + 15] * dz;
          double dipole = far[at + 4] * dx + far[at + 5] * dy + far[at + 6] * dz;
          double trace = far[at + 7] + far[at + 11] + far[at + 15];
          sum += inverse * (dipole + trace - 3 * (mx * dx + my * dy + mz * dz) / d2);
        } else if (right == 0) {
          int from = tree.first(node);
          for (int i = from; i < from + tree.count(node); i++) {
            sum += SolidAngle.of(x, y, z, corners, 9 * i);
          }
        } else {
          stack[++depth] = node + 1;
          stack[++depth] = right;
        }
      }
      return sum / (4 * Math.PI);
    }
  }
}
