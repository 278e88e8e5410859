package io.eigensweep.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * The factors A − σI = UᵀDU of a symmetric band matrix, U unit upper triangular and D diagonal, by
 * Gaussian elimination without exchanges, and a bound of what rounding does to them. The number of
 * negative d_k is that of the negative eigenvalues of UᵀDU (Sylvester), whatever the signs: nothing
 * needs to be definite, and a d_k near zero only makes the bound large.
 *
 * <p>Rounding (Higham 2002, lemma 8.4 and theorem 9.3, for any order of the sums, with or without
 * fused products): UᵀDU = A − σI + Δ with |Δ| ≤ γ·|U|ᵀ|D||U| entry by entry, sums of at most b + 1
 * terms, b the half bandwidth; γ = (b + 8)·2^-52 is twice what is needed. The bound is computed
 * from the factors that came out: ‖Δ‖₂ ≤ γ·max_i (|U|ᵀ|D||U|e)_i.
 *
 * <p>Row i of U is at i·(b + 1), from the diagonal (which holds d_i) to the right, so that every
 * block inside the band is a matrix with rows b apart, on which products work in place. Cost n·b²
 * operations, memory n·(b + 1) numbers.
 */
public final class BandFactor {
  private static final int BLOCK = 64;
  private static final int TILE = 192;
  private static final int STRIP = 128;

  private final int n;
  private final int b;
  private final int block;
  private final Blas blas;
  private final double[] u;
  private final double[] panel;
  private final double[] scaled;
  private final double[] corner;
  private final double shift;
  private final double largestDiagonal;
  private int negatives;

  private BandFactor(
      SparseSymmetric matrix, double shift, double largestDiagonal, double[] memory, Blas blas) {
    this.n = matrix.size();
    this.b = Math.max(1, matrix.bandwidth());
    this.block = Math.min(BLOCK, b);
    this.blas = blas;
    this.shift = shift;
    this.largestDiagonal = largestDiagonal;
    this.u = memory;
    this.panel = new double[block * b];
    this.scaled = new double[block * b];
    this.corner = new double[Math.max(block * block, TILE * TILE)];
  }

  /** The numbers that the factor of a matrix of {@code rows} rows takes. */
  public static long numbers(long rows, long bandwidth) {
    return rows * (Math.max(1, bandwidth) + 1);
  }

  /** The bytes that factor and work space take. */
  public static long bytes(long rows, long bandwidth) {
    long work = 2 * BLOCK * Math.max(1, bandwidth) + (long) TILE * TILE;
    return Double.BYTES * (numbers(rows, bandwidth) + work);
  }

  /** Its floating point operations. */
  public static double operations(double rows, double bandwidth) {
    return rows * bandwidth * bandwidth;
  }

  /**
   * The factors of {@code matrix} − {@code shift}·I.
   *
   * @param memory at least {@link #numbers} numbers, overwritten and kept
   */
  public static BandFactor of(SparseSymmetric matrix, double shift, double[] memory, Blas blas) {
    double largest = 0;
    for (int i = 0; i < matrix.size(); i++) {
      int at = matrix.starts()[i];
      if (at < matrix.starts()[i + 1] && matrix.columns()[at] == i) {
        largest = Math.max(largest, Math.abs(matrix.values()[at]));
      }
    }
    BandFactor factor = new BandFactor(matrix, shift, largest, memory, blas);
    factor.fill(matrix);
    for (int from = 0; from < factor.n; from += factor.block) {
      factor.eliminate(from, Math.min(factor.block, factor.n - from));
    }
    return factor;
  }

  private void fill(SparseSymmetric matrix) {
    java.util.Arrays.fill(u, 0, n * (b + 1), 0);
    for (int i = 0; i < n; i++) {
      for (int at = matrix.starts()[i]; at < matrix.starts()[i + 1]; at++) {
        u[i * b + matrix.columns()[at]] = matrix.values()[at];
      }
      u[i * b + i] -= shift;
    }
  }

  /** The number of negative d_k: of negative eigenvalues of UᵀDU. */
  public int negatives() {
    return negatives;
  }

  /** σ. */
  public double shift() {
    return shift;
  }

  /** d_i. */
  public double pivot(int i) {
    return u[i * (b + 1)];
  }

  /** γ, to which errors are relative. */
  private double gamma() {
    return (b + 8) * Math.ulp(1.0);
  }

  /** Bound of ‖UᵀDU − (A − σI)‖₂; infinite where a pivot is zero or not finite. */
  public double residual() {
    double[] sums = new double[n];
    double[] products = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 1;
      int last = Math.min(n - 1, i + b);
      for (int at = i * b + i + 1; at <= i * b + last; at++) {
        sum += Math.abs(u[at]);
      }
      sums[i] = Math.abs(pivot(i)) * sum;
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      products[i] += sums[i];
      int last = Math.min(n - 1, i + b);
      for (int j = i + 1; j <= last; j++) {
        products[j] += Math.abs(u[i * b + j]) * sums[i];
      }
      if (!(products[i] < Double.MAX_VALUE) || pivot(i) == 0) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, products[i]);
    }
    double tiny = 1e-290; // what underflows
    return gamma() * largest + Math.ulp(1.0) * (largestDiagonal + Math.abs(shift)) + tiny;
  }

  /**
   * Bound of ‖UᵀY − F‖_F ≤ γ·‖|U|ᵀ|Y|‖_F for the Y that {@link #forward} made of F; row j of
   * |U|ᵀ|Y| has a norm of at most Σ_i |u_ij|‖y_i‖.
   */
  public double forwardResidual(DMatrixRMaj y) {
    int k = y.numCols;
    double[] sums = new double[n];
    double square = 0;
    for (int i = 0; i < n; i++) {
      double norm = 0;
      for (int at = i * k; at < (i + 1) * k; at++) {
        norm += y.data[at] * y.data[at];
      }
      norm = Math.sqrt(norm);
      sums[i] += norm;
      int last = Math.min(n - 1, i + b);
      for (int j = i + 1; j <= last; j++) {
        sums[j] += Math.abs(u[i * b + j]) * norm;
      }
      square += sums[i] * sums[i];
    }
    return gamma() * Math.sqrt(square) + 1e-290;
  }

  /** Eliminates rows {@code from} … and takes them off the rest. */
  private void eliminate(int from, int rows) {
    int next = from + rows;
    int rest = Math.min(b, n - next);
    takeCorner(from, rows);
    takePanel(from, rows, rest);
    for (int k = 0; k < rows; k++) {
      double pivot = corner[k * rows + k];
      negatives += pivot < 0 ? 1 : 0;
      for (int p = k + 1; p < rows; p++) {
        double factor = corner[k * rows + p] / pivot;
        for (int q = p; q < rows; q++) {
          corner[p * rows + q] -= factor * corner[k * rows + q];
        }
      }
      for (int p = k + 1; p < rows; p++) {
        corner[k * rows + p] /= pivot;
      }
    }
    for (int strip = 0; strip < rest; strip += STRIP) {
      eliminatePanel(rows, rest, strip, Math.min(rest, strip + STRIP));
    }
    giveBack(from, rows, rest);
    for (int tile = 0; tile < rest; tile += TILE) {
      update(next, rows, rest, tile, Math.min(TILE, rest - tile));
    }
  }

  private void takeCorner(int from, int rows) {
    for (int p = 0; p < rows; p++) {
      int row = (from + p) * b + from;
      for (int q = p; q < rows; q++) {
        corner[p * rows + q] = q - p <= b ? u[row + q] : 0;
      }
    }
  }

  /** Columns right of the block: rows × rest, zero outside the band. */
  private void takePanel(int from, int rows, int rest) {
    for (int p = 0; p < rows; p++) {
      int row = (from + p) * b + from + rows;
      int inside = Math.min(rest, p + b - rows + 1);
      System.arraycopy(u, row, panel, p * rest, inside);
      java.util.Arrays.fill(panel, p * rest + inside, (p + 1) * rest, 0);
    }
  }

  private void eliminatePanel(int rows, int rest, int first, int last) {
    for (int k = 0; k < rows; k++) {
      for (int p = k + 1; p < rows; p++) {
        double factor = corner[k * rows + p];
        if (factor != 0) {
          for (int q = first; q < last; q++) {
            panel[p * rest + q] -= factor * panel[k * rest + q];
          }
        }
      }
      double pivot = corner[k * rows + k];
      for (int q = first; q < last; q++) {
        scaled[k * rest + q] = panel[k * rest + q] / pivot;
      }
    }
  }

  private void giveBack(int from, int rows, int rest) {
    for (int p = 0; p < rows; p++) {
      int row = (from + p) * b + from;
      for (int q = p; q < rows && q - p <= b; q++) {
        u[row + q] = corner[p * rows + q];
      }
      System.arraycopy(scaled, p * rest, u, row + rows, Math.min(rest, p + b - rows + 1));
    }
  }

  /** Some rows of the rest: A ← A − (D⁻¹Z)ᵀZ, from the diagonal to the right. */
  private void update(int next, int rows, int rest, int tile, int height) {
    blas.dgemm(
        true, false, height, height, rows, 1, scaled, tile, rest, panel, tile, rest, 0, corner, 0,
        height);
    for (int p = 0; p < height; p++) {
      int row = (next + tile + p) * b + next + tile;
      for (int q = p; q < height; q++) {
        u[row + q] -= corner[p * height + q];
      }
    }
    int right = tile + height;
    if (right < rest) {
      blas.dgemm(
          true,
          false,
          height,
          rest - right,
          rows,
          -1,
          scaled,
          tile,
          rest,
          panel,
          right,
          rest,
          1,
          u,
          (next + tile) * b + next + right,
          b);
    }
  }

  /** Replaces F by Y = U⁻ᵀF. */
  public void forward(DMatrixRMaj f) {
    int k = f.numCols;
    for (int from = 0; k > 0 && from < n; from += block) {
      int rows = Math.min(block, n - from);
      int rest = Math.min(b, n - from - rows);
      for (int p = 0; p < rows; p++) {
        int row = (from + p) * b + from;
        for (int q = p + 1; q < rows && q - p <= b; q++) {
          subtract(f.data, (from + q) * k, u[row + q], (from + p) * k, k);
        }
      }
      if (rest > 0) {
        takePanel(from, rows, rest);
        blas.dgemm(
            true,
            false,
            rest,
            k,
            rows,
            -1,
            panel,
            0,
            rest,
            f.data,
            from * k,
            k,
            1,
            f.data,
            (from + rows) * k,
            k);
      }
    }
  }

  /** Replaces Y by U⁻¹D⁻¹Y. */
  public void backward(DMatrixRMaj y) {
    int k = y.numCols;
    for (int i = 0; i < n; i++) {
      double pivot = pivot(i);
      for (int j = i * k; j < (i + 1) * k; j++) {
        y.data[j] /= pivot;
      }
    }
    for (int from = (n - 1) / block * block; from >= 0; from -= block) {
      int rows = Math.min(block, n - from);
      int rest = Math.min(b, n - from - rows);
      if (rest > 0) {
        takePanel(from, rows, rest);
        blas.dgemm(
            false,
            false,
            rows,
            k,
            rest,
            -1,
            panel,
            0,
            rest,
            y.data,
            (from + rows) * k,
            k,
            1,
            y.data,
            from * k,
            k);
      }
      for (int p = rows - 1; p >= 0; p--) {
        int row = (from + p) * b + from;
        for (int q = p + 1; q < rows && q - p <= b; q++) {
          subtract(y.data, (from + p) * k, u[row + q], (from + q) * k, k);
        }
      }
    }
  }

  private static void subtract(double[] x, int to, double factor, int from, int k) {
    for (int j = 0; j < k; j++) {
      x[to + j] -= factor * x[from + j];
    }
  }
}
