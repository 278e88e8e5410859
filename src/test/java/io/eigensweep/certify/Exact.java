package io.eigensweep.certify;

import java.math.BigInteger;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Symmetric matrices without any rounding: numbers of float64 are integers times a power of two, so
 * that all of them become integers, and signs of determinants are certain (Bareiss 1968).
 */
final class Exact {
  private final BigInteger[][] entries;

  /** Each entry counts 2^exponent. */
  private final int exponent;

  private Exact(BigInteger[][] entries, int exponent) {
    this.entries = entries;
    this.exponent = exponent;
  }

  /** {@code matrix} by its lower half. */
  static Exact of(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    int exponent = exponent(matrix.data);
    BigInteger[][] entries = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        entries[i][j] = integer(matrix.get(i, j), exponent);
        entries[j][i] = entries[i][j];
      }
    }
    return new Exact(entries, exponent);
  }

  /** J·Jᵀ. */
  static Exact gram(DMatrixRMaj j) {
    int n = j.numRows;
    int exponent = exponent(j.data);
    BigInteger[][] entries = new BigInteger[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        entries[a][b] = BigInteger.ZERO;
        for (int c = 0; c < j.numCols; c++) {
          BigInteger product =
              integer(j.get(a, c), exponent).multiply(integer(j.get(b, c), exponent));
          entries[a][b] = entries[a][b].add(product);
        }
      }
    }
    return new Exact(entries, 2 * exponent);
  }

  private static int exponent(double... values) {
    return Arrays.stream(values)
        .filter(value -> value != 0)
        .mapToInt(value -> Math.getExponent(value) - 52)
        .min()
        .orElse(0);
  }

  private static BigInteger integer(double value, int exponent) {
    if (value == 0) {
      return BigInteger.ZERO;
    }
    int own = Math.getExponent(value) - 52;
    BigInteger mantissa = BigInteger.valueOf((long) Math.scalb(value, -own));
    return mantissa.shiftLeft(own - exponent);
  }

  /** Whether all eigenvalues are larger than {@code bound}. */
  boolean isAbove(double bound) {
    return Arrays.stream(minors(bound)).allMatch(minor -> minor.signum() > 0);
  }

  /**
   * How many eigenvalues are below {@code bound}: the changes of sign among the leading minors
   * (Jacobi), which must not be 0.
   */
  int below(double bound) {
    int changes = 0;
    int sign = 1;
    for (BigInteger minor : minors(bound)) {
      if (minor.signum() == 0) {
        throw new IllegalArgumentException("a minor is 0 at " + bound);
      }
      changes += minor.signum() == sign ? 0 : 1;
      sign = minor.signum();
    }
    return changes;
  }

  /** The leading minors of this − shift·I times a positive number, 0 from the first on that is. */
  private BigInteger[] minors(double shift) {
    int n = entries.length;
    int common = shift == 0 ? exponent : Math.min(exponent, exponent(shift));
    BigInteger[][] a = new BigInteger[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = entries[i][j].shiftLeft(exponent - common);
      }
      a[i][i] = a[i][i].subtract(integer(shift, common));
    }
    BigInteger[] minors = new BigInteger[n];
    Arrays.fill(minors, BigInteger.ZERO);
    BigInteger before = BigInteger.ONE;
    for (int k = 0; k < n && a[k][k].signum() != 0; k++) {
      minors[k] = a[k][k];
      for (int i = k + 1; i < n; i++) {
        for (int j = k + 1; j < n; j++) {
          a[i][j] = a[i][j].multiply(a[k][k]).subtract(a[i][k].multiply(a[k][j])).divide(before);
        }
      }
      before = a[k][k];
    }
    return minors;
  }
}
