package io.eigensweep.ntk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The dominant eigenvalue of a symmetric operator that is known by its products alone. */
final class Lanczos {
  private static final int MAX_STEPS = 128;
  private static final double RELATIVE_RESIDUAL = 1e-7;

  private Lanczos() {}

  /**
   * The largest eigenvalue from above, by Lanczos iteration with full reorthogonalisation (Golub
   * and Van Loan 2013, §10.1): the largest Ritz value θ, which is from below, plus the norm r of
   * its residual, within which of θ there is an eigenvalue (Parlett 1998, §4.5). It is an upper
   * bound as soon as that eigenvalue is the largest, which the start vector's share of it sees to;
   * it is not proved. Ends when r ≤ {@value #RELATIVE_RESIDUAL}·θ, or after {@value #MAX_STEPS}
   * steps with the r that is left.
   *
   * @param operator v ↦ A·v for a symmetric A; must not change or keep its argument
   * @param start a vector that is not orthogonal to the dominant eigenvector, of any norm
   */
  static double largestEigenvalue(UnaryOperator<double[]> operator, double[] start) {
    List<double[]> basis = new ArrayList<>();
    List<Double> diagonal = new ArrayList<>();
    List<Double> offDiagonal = new ArrayList<>();
    double[] q = start.clone();
    scale(q, 1 / norm(q));
    double above = 0;
    for (int step = 0; step < Math.min(start.length, MAX_STEPS); step++) {
      basis.add(q);
      double[] w = operator.apply(q);
      diagonal.add(dot(w, q));
      for (int sweep = 0; sweep < 2; sweep++) {
        for (double[] vector : basis) {
          addScaled(w, -dot(w, vector), vector);
        }
      }
      double ritz = largestOfTridiagonal(diagonal, offDiagonal);
      double beta = norm(w);
      double residual = beta * lastOfRitzVector(diagonal, offDiagonal, ritz);
      above = ritz + residual;
      if (residual <= RELATIVE_RESIDUAL * ritz || beta <= 1e-14 * ritz) {
        return above;
      }
      offDiagonal.add(beta);
      scale(w, 1 / beta);
      q = w;
    }
    return above;
  }

  /**
   * The last entry's share |s_k|/‖s‖ of the tridiagonal matrix's eigenvector to {@code ritz}, from
   * the last row up: an eigenvector that has converged grows that way, so rounding does not.
   */
  private static double lastOfRitzVector(List<Double> diagonal, List<Double> off, double ritz) {
    double below = 0;
    double entry = 1;
    double square = 1;
    for (int row = diagonal.size() - 1; row > 0; row--) {
      double coupling = row < diagonal.size() - 1 ? off.get(row) * below : 0;
      double next = ((ritz - diagonal.get(row)) * entry - coupling) / off.get(row - 1);
      below = entry;
      entry = next;
      square += next * next;
    }
    return 1 / Math.sqrt(square);
  }

  /** The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on Sturm counts. */
  private static double largestOfTridiagonal(List<Double> diagonal, List<Double> off) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int n = diagonal.size();
    for (int i = 0; i < n; i++) {
      double radius =
          (i > 0 ? Math.abs(off.get(i - 1)) : 0) + (i < n - 1 ? Math.abs(off.get(i)) : 0);
      low = Math.max(low, diagonal.get(i));
      high = Math.max(high, diagonal.get(i) + radius);
    }
    for (int round = 0; round < 200 && high - low > 1e-15 * Math.abs(high); round++) {
      double middle = low + (high - low) / 2;
      if (middle == low || middle == high) {
        break;
      }
      if (allBelow(diagonal, off, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean allBelow(List<Double> diagonal, List<Double> off, double x) {
    double pivot = 1;
    for (int i = 0; i < diagonal.size(); i++) {
      double coupling = i > 0 ? off.get(i - 1) * off.get(i - 1) / pivot : 0;
      pivot = diagonal.get(i) - x - coupling;
      if (pivot >= 0) {
        return false;
      }
    }
    return true;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  private static void addScaled(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }
}
