package io.eigensweep.certify;

import io.eigensweep.linalg.Blas;
import org.ejml.data.DMatrixRMaj;

/**
 * ‖M − F·Fᵀ‖₂ for a symmetric M, from above, whatever F is: the Frobenius norm of the computed
 * difference, and what rounding can hide. F comes in blocks of columns. As F·Fᵀ has no negative
 * eigenvalue, M has none below minus this distance.
 */
final class GramDistance {
  private static final int PANEL = 512;

  private final int rows;
  private final Blas blas;
  private final DMatrixRMaj gram;
  private double squares;
  private long columns;
  private int longest;
  private int blocks;

  /** Entry (i, j), i ≥ j, of a matrix; it may be wrong by one rounding. */
  @FunctionalInterface
  interface Entries {
    double at(int i, int j);
  }

  /**
   * A distance.
   *
   * @param computed as it came out here
   * @param rounding what another computation of it may differ by, and the exact one
   */
  record Distance(double computed, double rounding) {

    /** What the distance is at most. */
    double bound() {
      return computed + rounding;
    }

    /** What a reader's {@link #bound} is at most, who adds in another order. */
    double claimed() {
      return Rounding.UP * (computed + 3 * rounding);
    }
  }

  GramDistance(int rows, Blas blas) {
    this.rows = rows;
    this.blas = blas;
    this.gram = new DMatrixRMaj(rows, rows);
  }

  /** Adds the columns of {@code f}, N × k, to F. */
  void add(DMatrixRMaj f) {
    int block = Rounding.block(f.numCols);
    for (int first = 0; first < f.numCols; first += block) {
      add(false, f, first, Math.min(block, f.numCols - first));
    }
  }

  /** Adds the rows of {@code f}, k × N, as columns to F, in blocks of {@code block}. */
  void addTransposed(DMatrixRMaj f, int block) {
    for (int first = 0; first < f.numRows; first += block) {
      add(true, f, first, Math.min(block, f.numRows - first));
    }
  }

  /** The lower half of F·Fᵀ and of panels on the diagonal: rows of a panel times those before. */
  private void add(boolean transposed, DMatrixRMaj f, int first, int count) {
    int ld = f.numCols;
    for (int row = 0; row < rows; row += PANEL) {
      int m = Math.min(PANEL, rows - row);
      blas.dgemm(
          transposed,
          !transposed,
          m,
          row + m,
          count,
          1,
          f.data,
          transposed ? first * ld + row : row * ld + first,
          ld,
          f.data,
          transposed ? first * ld : first,
          ld,
          1,
          gram.data,
          row * rows,
          rows);
    }
    for (int i = 0; i < (transposed ? count : rows); i++) {
      int from = transposed ? (first + i) * ld : i * ld + first;
      for (int j = from; j < from + (transposed ? rows : count); j++) {
        squares += f.data[j] * f.data[j];
      }
    }
    columns += count;
    longest = Math.max(longest, count);
    blocks++;
  }

  /** F·Fᵀ as computed so far: its lower half. */
  DMatrixRMaj gram() {
    return gram;
  }

  /** The distance of {@code m} and F·Fᵀ. */
  Distance to(Entries m) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        double difference = m.at(i, j) - gram.data[i * rows + j];
        sum += 2 * difference * difference;
      }
      double difference = m.at(i, i) - gram.data[i * rows + i];
      sum += difference * difference;
    }
    double count = (double) rows * rows;
    double computed = Rounding.norm(sum, count);
    double sizes = Rounding.norm(squares, (double) rows * columns);
    double relative = (longest + blocks + 4) * Rounding.UNIT * Rounding.UP;
    return new Distance(
        computed,
        relative * (sizes * sizes + computed) + Rounding.underflow(rows, rows, (double) columns));
  }
}
