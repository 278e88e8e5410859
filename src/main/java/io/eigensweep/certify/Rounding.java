package io.eigensweep.certify;

import org.ejml.data.DMatrixRMaj;

/**
 * What float64 can do to sums of products, for bounds that are proofs and no estimates.
 *
 * <p>A sum of b products, taken in any order, fused or not, is wrong by γ_b = b·u/(1 − b·u) of the
 * sum of the products' sizes at most, u = 2^-53 (Higham 2002, §3.1). Sums of n products are taken
 * here in ⌈n/b⌉ blocks of b that are then added one after the other, so that γ_(b + ⌈n/b⌉) bounds
 * their error, which for n = 4,096 is 25 times less than γ_n. What underflows adds the smallest
 * number once for each product. Sums of squares of up to 2·10⁹ numbers are wrong by less than 1e-6
 * of themselves, by which every norm is made larger.
 */
final class Rounding {
  /** Half the distance of 1 and the next number. */
  static final double UNIT = 0x1p-53;

  /** Norms are made larger by this. */
  static final double UP = 1 + 1e-6;

  private static final int SHORTEST = 128;

  /** More than the root of what a square loses where it underflows. */
  private static final double UNDERFLOW = 1e-161;

  private Rounding() {}

  /** b, the length of the blocks of a sum of {@code n} products. */
  static int block(long n) {
    return (int) Math.max(SHORTEST, (long) Math.ceil(Math.sqrt((double) n)));
  }

  /** The error of a sum of {@code n} products and four more operations, relative to their sizes. */
  static double ofSum(long n) {
    int block = block(n);
    return (Math.min(block, n) + Math.ceil((double) n / block) + 4) * UNIT * UP;
  }

  /** What underflow adds to the norm of a matrix of such sums with {@code rows} rows. */
  static double underflow(double rows, double columns, double n) {
    return Math.sqrt(rows * columns) * n * Double.MIN_VALUE;
  }

  /** At least the Euclidean norm of {@code count} numbers, from their sum of squares. */
  static double norm(double squares, double count) {
    return UP * Math.sqrt(squares) + UNDERFLOW * Math.sqrt(count);
  }

  /** At least the Frobenius norm. */
  static double norm(DMatrixRMaj matrix) {
    return norm(matrix, matrix.numRows);
  }

  /** At least the largest sum of a row's sizes. */
  static double rowSum(DMatrixRMaj matrix) {
    double largest = 0;
    for (int i = 0; i < matrix.numRows; i++) {
      double sum = 0;
      for (int j = 0; j < matrix.numCols; j++) {
        sum += Math.abs(matrix.data[i * matrix.numCols + j]);
      }
      largest = Math.max(largest, sum);
    }
    return UP * largest;
  }

  /** At least the Frobenius norm of the first {@code rows} rows. */
  static double norm(DMatrixRMaj matrix, int rows) {
    int count = rows * matrix.numCols;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += matrix.data[i] * matrix.data[i];
    }
    return norm(squares, count);
  }
}
