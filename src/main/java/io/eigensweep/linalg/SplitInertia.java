package io.eigensweep.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * A proof that A + FFᵀ has no eigenvalue below a shift σ, for a sparse A and an F of few columns,
 * though A alone has some.
 *
 * <p>With B = A − σI + Δ = UᵀDU ({@link BandFactor}) and Y the computed U⁻ᵀF, let F' = UᵀY exactly,
 * so that F' is F moved by a rounding error that is known. By Haynsworth's inertia additivity
 * (1968), applied to both Schur complements of [B, F'; F'ᵀ, −I],
 *
 * <pre>
 *   neg(B + F'F'ᵀ) ≤ neg(B) − neg(X),   X = I + F'ᵀB⁻¹F' = I + YᵀD⁻¹Y.
 * </pre>
 *
 * neg(B) counts the negative d. X is negative definite on as many dimensions as a matrix Q of p
 * columns shows: where QᵀXQ, with all that rounding can do to it, is diagonally dominant and
 * negative, neg(X) ≥ p. Where p = neg(B), B + F'F'ᵀ is positive semidefinite, and λ_min(A + F'F'ᵀ)
 * ≥ σ − ‖Δ‖₂.
 *
 * <p>Instances answer solves with A − σI + FFᵀ too (Sherman, Morrison and Woodbury), of which
 * nothing is proved.
 */
public final class SplitInertia {
  private final BandFactor factor;
  private final DMatrixRMaj y;
  private final DMatrixRMaj x;
  private final double xError;
  private final Blas blas;
  private final SymmetricEigenvectors vectors;

  private SplitInertia(BandFactor factor, DMatrixRMaj y, DMatrixRMaj x, double xError, Blas blas) {
    this.factor = factor;
    this.y = y;
    this.x = x;
    this.xError = xError;
    this.blas = blas;
    this.vectors =
        x.numCols > 0
            ? SymmetricEigenvectors.of(x, blas)
            : new SymmetricEigenvectors(new double[0], x);
  }

  /**
   * The inertia of A − σI + FFᵀ from the factors of A − σI.
   *
   * @param f n × r, kept unchanged; r may be 0
   */
  public static SplitInertia of(BandFactor factor, DMatrixRMaj f, Blas blas) {
    int n = f.numRows;
    int r = f.numCols;
    DMatrixRMaj y = f.copy();
    factor.forward(y);
    DMatrixRMaj scaled = y.copy();
    double absolute = 0;
    for (int i = 0; i < n; i++) {
      double pivot = factor.pivot(i);
      for (int j = i * r; j < (i + 1) * r; j++) {
        scaled.data[j] /= pivot;
        absolute += Math.abs(scaled.data[j] * y.data[j]);
      }
    }
    DMatrixRMaj x = new DMatrixRMaj(r, r);
    if (r > 0) {
      blas.multiplyTransposed(1, y, scaled, 0, x);
    }
    for (int i = 0; i < r; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (x.get(i, j) + x.get(j, i)) / 2;
        x.set(i, j, mean);
        x.set(j, i, mean);
      }
      x.add(i, i, 1);
    }
    // |ΔX_ij| ≤ γ_(n+3)·n_i·n_j with n_i² = Σ_k y_ki²/|d_k|, so ‖ΔX‖_F ≤ γ·Σ_i n_i².
    double error = (n + 8.0) * Math.ulp(1.0) * (absolute + r);
    return new SplitInertia(factor, y, x, error, blas);
  }

  /** σ. */
  public double shift() {
    return factor.shift();
  }

  /**
   * What is proved: λ_min(A + F'F'ᵀ) ≥ {@code lower} for some F' with ‖F' − F‖_F ≤ {@code moved}.
   */
  public record Proof(double lower, double moved) {}

  /** The largest p for which X is proved to be negative definite on p dimensions. */
  int provedNegatives() {
    int r = x.numCols;
    int p = 0;
    while (p < r && vectors.values()[p] < 0) {
      p++;
    }
    while (p > 0 && !isNegative(p)) {
      p--;
    }
    return p;
  }

  private boolean isNegative(int p) {
    int r = x.numCols;
    DMatrixRMaj q = new DMatrixRMaj(p, r);
    System.arraycopy(vectors.vectors().data, 0, q.data, 0, p * r);
    DMatrixRMaj gram = new DMatrixRMaj(p, p);
    blas.multiply(1, q, true, q, 0, gram);
    for (int i = 0; i < p; i++) {
      gram.add(i, i, -1);
    }
    if (!(norm(gram) < 0.4)) { // so ‖Q‖₂² < 1.5 whatever rounding does to the product
      return false;
    }
    DMatrixRMaj xq = new DMatrixRMaj(p, r);
    blas.multiply(1, q, false, x, 0, xq);
    DMatrixRMaj z = new DMatrixRMaj(p, p);
    blas.multiply(1, xq, true, q, 0, z);
    double error = 1.5 * xError + 8.0 * (r + 8) * Math.sqrt(p) * Math.ulp(1.0) * norm(x);
    for (int i = 0; i < p; i++) {
      double reach = z.get(i, i);
      for (int j = 0; j < p; j++) {
        reach += i == j ? 0 : Math.max(Math.abs(z.get(i, j)), Math.abs(z.get(j, i)));
      }
      if (!(reach < -error)) {
        return false;
      }
    }
    return true;
  }

  /** The proof for the shift of the factor; −∞ where there is none. */
  public Proof proof() {
    boolean proved = factor.negatives() <= provedNegatives();
    double lower = factor.shift() - factor.residual();
    return proved && lower > Double.NEGATIVE_INFINITY
        ? new Proof(lower, y.numCols == 0 ? 0 : factor.forwardResidual(y))
        : new Proof(Double.NEGATIVE_INFINITY, 0);
  }

  /**
   * How many more columns it takes at least until there can be a proof; 0 or less where it is one.
   */
  public int missing() {
    return factor.negatives() - provedNegatives();
  }

  /** Replaces R by (A − σI + FFᵀ)⁻¹R, up to rounding. */
  public void solve(DMatrixRMaj right) {
    int n = right.numRows;
    int r = x.numCols;
    int k = right.numCols;
    factor.forward(right);
    if (r > 0) {
      DMatrixRMaj scaled = right.copy();
      for (int i = 0; i < n; i++) {
        for (int j = i * k; j < (i + 1) * k; j++) {
          scaled.data[j] /= factor.pivot(i);
        }
      }
      DMatrixRMaj inner = new DMatrixRMaj(r, k);
      blas.multiplyTransposed(1, y, scaled, 0, inner);
      blas.multiply(-1, y, false, inverseTimes(inner), 1, right);
    }
    factor.backward(right);
  }

  /** X⁻¹ by its eigenvectors. */
  private DMatrixRMaj inverseTimes(DMatrixRMaj right) {
    int r = x.numCols;
    int k = right.numCols;
    DMatrixRMaj inner = new DMatrixRMaj(r, k);
    blas.multiply(1, vectors.vectors(), false, right, 0, inner);
    for (int i = 0; i < r; i++) {
      for (int j = i * k; j < (i + 1) * k; j++) {
        inner.data[j] /= vectors.values()[i];
      }
    }
    DMatrixRMaj solved = new DMatrixRMaj(r, k);
    blas.multiplyTransposed(1, vectors.vectors(), inner, 0, solved);
    return solved;
  }

  private static double norm(DMatrixRMaj matrix) {
    return Math.sqrt(Arrays.stream(matrix.data, 0, matrix.getNumElements()).map(v -> v * v).sum());
  }
}
