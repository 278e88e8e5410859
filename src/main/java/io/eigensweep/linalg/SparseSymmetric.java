package io.eigensweep.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * A symmetric matrix of which few entries are not zero: of row i those from the diagonal to the
 * right, by ascending column.
 *
 * @param starts where each row begins, and the end; length n + 1
 * @param columns of the entries
 * @param values of the entries
 */
@SuppressWarnings("ArrayRecordComponent") // read by inner loops; never compared
public record SparseSymmetric(int[] starts, int[] columns, double[] values) {

  /** n. */
  public int size() {
    return starts.length - 1;
  }

  /** The largest distance of an entry's row and column. */
  public int bandwidth() {
    int widest = 0;
    for (int i = 0; i < size(); i++) {
      if (starts[i] < starts[i + 1]) {
        widest = Math.max(widest, columns[starts[i + 1] - 1] - i);
      }
    }
    return widest;
  }

  /** A·X for a matrix of n rows. */
  public DMatrixRMaj times(DMatrixRMaj x) {
    int k = x.numCols;
    DMatrixRMaj product = new DMatrixRMaj(x.numRows, k);
    for (int i = 0; i < size(); i++) {
      for (int at = starts[i]; at < starts[i + 1]; at++) {
        add(product.data, i * k, values[at], x.data, columns[at] * k, k);
        if (columns[at] != i) {
          add(product.data, columns[at] * k, values[at], x.data, i * k, k);
        }
      }
    }
    return product;
  }

  private static void add(double[] to, int at, double factor, double[] from, int offset, int k) {
    for (int j = 0; j < k; j++) {
      to[at + j] += factor * from[offset + j];
    }
  }

  /** Collects the rows of a matrix one after the other. */
  public static final class Builder {
    private final int[] starts;
    private int[] columns = new int[1024];
    private double[] values = new double[1024];
    private int rows;
    private int count;

    /** An empty matrix of {@code size} rows. */
    public Builder(int size) {
      starts = new int[size + 1];
    }

    /** The next entry of the row, right of the last one and not left of the diagonal. */
    public void add(int column, double value) {
      if (count == columns.length) {
        int longer = Math.addExact(count, count / 2);
        columns = Arrays.copyOf(columns, longer);
        values = Arrays.copyOf(values, longer);
      }
      columns[count] = column;
      values[count++] = value;
    }

    /** Ends the row. */
    public void endRow() {
      starts[++rows] = count;
    }

    /** The matrix. */
    public SparseSymmetric build() {
      return new SparseSymmetric(
          starts, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
    }
  }
}
