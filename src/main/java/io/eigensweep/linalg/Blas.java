package io.eigensweep.linalg;

import dev.ludovic.netlib.blas.BLAS;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.ejml.data.DMatrixRMaj;

/**
 * Dense matrix products on row-major Java arrays, one thread each.
 *
 * <p>netlib's interface is column-major: the row-major product C = op(A)·op(B) is the column-major
 * product Cᵀ = op(B)ᵀ·op(A)ᵀ of the same arrays, so the operands are handed over in reverse order.
 *
 * <p>The native library holds JNI critical sections for the length of a call, which stops garbage
 * collection on Java 17: callers keep each product to milliseconds.
 */
public final class Blas {
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final BLAS library;
  private final String name;
  private final String problem;
  private final boolean isNative;
  private final boolean isSingle;

  private Blas(BLAS library, String name, String problem, boolean isNative, boolean isSingle) {
    this.library = library;
    this.name = name;
    this.problem = problem;
    this.isNative = isNative;
    this.isSingle = isSingle;
  }

  /**
   * The library that {@code settings} ask for.
   *
   * @throws UnfitMachineException when the native library is asked for and does not load, or this
   *     machine or process can't give the kernels
   */
  public static Blas of(LinalgSettings settings) {
    if (settings.blas() == BlasChoice.JAVA) {
      return java("");
    }
    OpenBlas library = OpenBlas.with(settings.kernels());
    if (library.isAvailable()) {
      return new Blas(library.library(), library.description(), "", true, false);
    }
    if (settings.blas() == BlasChoice.NATIVE) {
      throw new UnfitMachineException(
          "linalg.blas is native, but OpenBLAS does not load here: " + library.problem());
    }
    if (!TOLD.getAndSet(true)) {
      LogManager.getLogger(Blas.class)
          .warn("products run on the slower Java library: {}", library.problem());
    }
    return java(library.problem());
  }

  /** The library that {@code choice} asks for, with the kernels that suit the processor. */
  public static Blas of(BlasChoice choice) {
    return of(LinalgSettings.of(choice));
  }

  private static Blas java(String problem) {
    BLAS java = JavaBlas.library();
    return new Blas(java, "netlib-java " + java.getClass().getSimpleName(), problem, false, false);
  }

  /** The library, its version and the kernel it chose, for the row. */
  public String name() {
    return name;
  }

  /** True when the library's kernels were given: its bits don't depend on the processor then. */
  public boolean isPinned() {
    return isNative && name.endsWith(OpenBlas.PINNED);
  }

  /** Why this is the Java library where the native one was wanted; "" where it is what was. */
  public String problem() {
    return problem;
  }

  /**
   * The same library for a calculation in float32 whose numbers are kept in arrays of doubles:
   * {@link #dgemm} rounds its operands to float32 and multiplies them there, {@link #round} rounds.
   * A float64 operation (+, −, ×, ÷, √) on float32 numbers, rounded to float32, is the float32
   * operation (Figueroa 1995: 53 ≥ 2·24 + 2), so that rounding after each one gives the bits of a
   * program that is written in float32.
   */
  public Blas inSingle() {
    return new Blas(library, name, problem, isNative, true);
  }

  /** True when calculations with this library are in float32, see {@link #inSingle}. */
  public boolean isSingle() {
    return isSingle;
  }

  /** {@code x} as the number type of this library holds it. */
  public double round(double x) {
    return isSingle ? (float) x : x;
  }

  /** The distance of 1 and the next number: 2^-52, or 2^-23 in float32. */
  public double epsilon() {
    return isSingle ? Math.ulp(1f) : Math.ulp(1.0);
  }

  /** True when OpenBLAS does the work. */
  public boolean isNative() {
    return isNative;
  }

  /**
   * C ← alpha·op(A)·op(B) + beta·C in float32, row-major; op(A) is m × k, op(B) is k × n.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param lda distance of two rows of A as stored
   */
  public void sgemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int offsetA,
      int lda,
      float[] b,
      int offsetB,
      int ldb,
      float beta,
      float[] c,
      int offsetC,
      int ldc) {
    library.sgemm(
        op(transposeB),
        op(transposeA),
        n,
        m,
        k,
        alpha,
        b,
        offsetB,
        ldb,
        a,
        offsetA,
        lda,
        beta,
        c,
        offsetC,
        ldc);
  }

  /** {@link #sgemm} in float64, or rounded to float32 when {@link #isSingle}. */
  public void dgemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int offsetA,
      int lda,
      double[] b,
      int offsetB,
      int ldb,
      double beta,
      double[] c,
      int offsetC,
      int ldc) {
    if (isSingle) {
      float[] rounded = new float[Math.multiplyExact(m, n)];
      for (int i = 0; i < m && beta != 0; i++) {
        for (int j = 0; j < n; j++) {
          rounded[i * n + j] = (float) c[offsetC + i * ldc + j];
        }
      }
      int rowsA = transposeA ? k : m;
      int columnsA = transposeA ? m : k;
      int rowsB = transposeB ? n : k;
      int columnsB = transposeB ? k : n;
      sgemm(
          transposeA,
          transposeB,
          m,
          n,
          k,
          (float) alpha,
          rounded(a, offsetA, lda, rowsA, columnsA),
          0,
          columnsA,
          rounded(b, offsetB, ldb, rowsB, columnsB),
          0,
          columnsB,
          (float) beta,
          rounded,
          0,
          n);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          c[offsetC + i * ldc + j] = rounded[i * n + j];
        }
      }
      return;
    }
    library.dgemm(
        op(transposeB),
        op(transposeA),
        n,
        m,
        k,
        alpha,
        b,
        offsetB,
        ldb,
        a,
        offsetA,
        lda,
        beta,
        c,
        offsetC,
        ldc);
  }

  /**
   * C ← alpha·A·op(B) + beta·C for whole matrices, in row panels of some milliseconds each.
   *
   * @param a m × k
   * @param b k × n, or n × k when {@code transposeB}
   * @param c m × n
   */
  public void multiply(
      double alpha, DMatrixRMaj a, boolean transposeB, DMatrixRMaj b, double beta, DMatrixRMaj c) {
    int k = a.numCols;
    int n = c.numCols;
    int panel = panelRows(n, k);
    for (int row = 0; row < a.numRows; row += panel) {
      int m = Math.min(panel, a.numRows - row);
      dgemm(
          false,
          transposeB,
          m,
          n,
          k,
          alpha,
          a.data,
          row * k,
          k,
          b.data,
          0,
          b.numCols,
          beta,
          c.data,
          row * n,
          n);
    }
  }

  /**
   * C ← alpha·Aᵀ·B + beta·C for whole matrices, in panels of the common dimension.
   *
   * @param a k × m
   * @param b k × n
   * @param c m × n
   */
  public void multiplyTransposed(
      double alpha, DMatrixRMaj a, DMatrixRMaj b, double beta, DMatrixRMaj c) {
    int m = a.numCols;
    int n = b.numCols;
    int panel = panelRows(n, m);
    double factor = beta;
    for (int row = 0; row < a.numRows; row += panel) {
      int k = Math.min(panel, a.numRows - row);
      dgemm(
          true, false, m, n, k, alpha, a.data, row * m, m, b.data, row * n, n, factor, c.data, 0,
          n);
      factor = 1;
    }
  }

  /** Rows of a panel that make one product with an n × k matrix about 4·10^8 operations. */
  public static int panelRows(int n, int k) {
    return (int) Math.max(16, Math.min(4096, 200_000_000L / Math.max(1L, (long) n * k)));
  }

  private static float[] rounded(double[] matrix, int offset, int ld, int rows, int columns) {
    float[] rounded = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        rounded[i * columns + j] = (float) matrix[offset + i * ld + j];
      }
    }
    return rounded;
  }

  private static String op(boolean transpose) {
    return transpose ? "T" : "N";
  }
}
