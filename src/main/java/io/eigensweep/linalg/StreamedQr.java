package io.eigensweep.linalg;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The singular values of a tall matrix A whose rows come in blocks: each block is folded into the
 * triangular factor R of what came before by Householder reflections (TSQR on one core; Demmel et
 * al. 2012), and the singular values of R are those of A. Memory is N² and one block, whatever the
 * height of A.
 *
 * <p>LAPACK's {@code dtpqrt} and {@code dgesdd} do it off-heap; EJML's Householder QR and SVD are
 * the fallback.
 */
public final class StreamedQr implements AutoCloseable {
  private static final int PANEL = 32;

  private final int columns;
  private final int blockRows;
  private final DMatrixRMaj heapTriangle;
  private final DMatrixRMaj heapBlock;
  private final DoublePointer triangle;
  private final DoublePointer block;
  private final DoublePointer reflectors;
  private final boolean isNative;

  /** Writes column {@code column} of a block into the first entries of {@code target}. */
  @FunctionalInterface
  public interface ColumnSource {
    void column(int column, double[] target);
  }

  /**
   * An empty matrix.
   *
   * @param columns N
   * @param blockRows the most rows that a block has
   */
  public StreamedQr(int columns, int blockRows, Blas blas) {
    this.columns = columns;
    this.blockRows = blockRows;
    this.isNative = blas.isNative();
    if (isNative) {
      heapTriangle = new DMatrixRMaj(0, 0);
      heapBlock = new DMatrixRMaj(0, 0);
      triangle = new DoublePointer((long) columns * columns);
      block = new DoublePointer((long) blockRows * columns);
      reflectors = new DoublePointer((long) PANEL * columns);
      double[] zeros = new double[columns];
      for (int column = 0; column < columns; column++) {
        triangle.position((long) column * columns).put(zeros, 0, columns);
      }
      triangle.position(0);
    } else {
      heapTriangle = new DMatrixRMaj(columns, columns);
      heapBlock = new DMatrixRMaj(columns + blockRows, columns);
      triangle = new DoublePointer();
      block = new DoublePointer();
      reflectors = new DoublePointer();
    }
  }

  /** Bytes that a matrix of N columns needs, in blocks of {@code blockRows}. */
  public static long bytes(long columns, long blockRows) {
    return Double.BYTES * (2 * columns * columns + (blockRows + PANEL) * columns);
  }

  /** Appends {@code rows} rows. */
  public void append(int rows, ColumnSource source) {
    double[] values = new double[blockRows];
    if (isNative) {
      for (int column = 0; column < columns; column++) {
        source.column(column, values);
        block.position((long) column * blockRows).put(values, 0, rows);
      }
      block.position(0);
      int info =
          openblas.LAPACKE_dtpqrt(
              openblas.LAPACK_COL_MAJOR,
              rows,
              columns,
              0,
              Math.min(PANEL, columns),
              triangle,
              columns,
              block,
              blockRows,
              reflectors,
              PANEL);
      if (info != 0) {
        throw new IllegalStateException("dtpqrt failed with info " + info);
      }
      return;
    }
    heapBlock.reshape(columns + rows, columns);
    System.arraycopy(heapTriangle.data, 0, heapBlock.data, 0, columns * columns);
    for (int column = 0; column < columns; column++) {
      source.column(column, values);
      for (int row = 0; row < rows; row++) {
        heapBlock.data[(columns + row) * columns + column] = values[row];
      }
    }
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(columns + rows, columns);
    qr.decompose(heapBlock); // false says that a column is 0, for which R is right, too
    qr.getR(heapTriangle, true);
  }

  /** The N singular values of everything appended, ascending. */
  public double[] singularValues() {
    double[] values = isNative ? lapack() : ejml();
    Arrays.sort(values);
    return values;
  }

  /**
   * The inverse of the triangular factor R of everything appended, upper triangular; null where R
   * is singular.
   */
  public @Nullable DMatrixRMaj inverse() {
    DMatrixRMaj inverse = isNative ? triangle() : heapTriangle.copy();
    for (int i = 0; i < columns; i++) {
      if (inverse.get(i, i) == 0) {
        return null;
      }
    }
    if (!isNative) {
      CommonOps_DDRM.transpose(inverse);
      TriangularSolver_DDRM.invertLower(inverse.data, columns);
      CommonOps_DDRM.transpose(inverse);
      return inverse;
    }
    try (DoublePointer copy = new DoublePointer((long) columns * columns)) {
      copy.put(inverse.data, 0, inverse.getNumElements());
      // The row-major upper triangle is the column-major lower one of the transpose.
      int info =
          openblas.LAPACKE_dtrtri(
              openblas.LAPACK_COL_MAJOR, (byte) 'L', (byte) 'N', columns, copy, columns);
      if (info != 0) {
        return null;
      }
      copy.get(inverse.data, 0, inverse.getNumElements());
    }
    return inverse;
  }

  /** R, row-major. */
  private DMatrixRMaj triangle() {
    DMatrixRMaj result = new DMatrixRMaj(columns, columns);
    double[] column = new double[columns];
    for (int j = 0; j < columns; j++) {
      triangle.position((long) j * columns).get(column, 0, j + 1);
      for (int i = 0; i <= j; i++) {
        result.data[i * columns + j] = column[i];
      }
    }
    triangle.position(0);
    return result;
  }

  private double[] lapack() {
    try (DoublePointer copy = new DoublePointer((long) columns * columns);
        DoublePointer values = new DoublePointer(columns);
        DoublePointer unused = new DoublePointer(1)) {
      double[] column = new double[columns];
      for (int j = 0; j < columns; j++) {
        triangle.position((long) j * columns).get(column, 0, columns);
        Arrays.fill(column, Math.min(j + 1, columns), columns, 0);
        copy.position((long) j * columns).put(column, 0, columns);
      }
      triangle.position(0);
      copy.position(0);
      int info =
          openblas.LAPACKE_dgesdd(
              openblas.LAPACK_COL_MAJOR,
              (byte) 'N',
              columns,
              columns,
              copy,
              columns,
              values,
              unused,
              1,
              unused,
              1);
      if (info != 0) {
        throw new IllegalStateException("dgesdd failed with info " + info + " on N = " + columns);
      }
      double[] result = new double[columns];
      values.get(result);
      return result;
    }
  }

  private double[] ejml() {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(columns, columns, false, false, true);
    if (!svd.decompose(heapTriangle.copy())) {
      throw new IllegalStateException("EJML's SVD did not converge on N = " + columns);
    }
    return Arrays.copyOf(svd.getSingularValues(), columns);
  }

  @Override
  public void close() {
    triangle.close();
    block.close();
    reflectors.close();
  }
}
