package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;

/**
 * What rounding can do to a kernel and its eigenvalues.
 *
 * <p>Three sources, ε the distance of 1 and the next number, q the longest inner product of the
 * factors, M the rows of K:
 *
 * <ul>
 *   <li><b>Evaluation</b>: the computed Jacobian rows differ from those of exact arithmetic on the
 *       same parameters by η·‖J‖_F, and each by its own η of its norm: see {@link EvaluationError}.
 *   <li><b>Gram</b>: every entry is a product of two inner products, wrong by q·ε√(K_ii·K_jj) at
 *       most (Higham 2002, §3.1), so ‖ΔK‖ ≤ q·ε·trace(K); the solver adds M·ε·‖K‖ at most.
 *   <li><b>Singular values</b>: Householder QR and SVD of J are backward stable; ΔJ stays below
 *       M·ε·‖J‖_F.
 * </ul>
 */
record RoundingError(double epsilon, EvaluationError evaluation, int products, int rows) {

  /** The errors of kernels made of {@code factors} by {@code blas}. */
  static RoundingError of(JacobianFactors factors, EvaluationError evaluation, Blas blas) {
    return new RoundingError(blas.epsilon(), evaluation, factors.longestProduct(), factors.rows());
  }

  /** The most that an eigenvalue from the Gram matrix is wrong by. */
  double gramFloor(double trace) {
    return (((double) products + rows) * epsilon + 2 * evaluation.whole()) * trace;
  }

  /** The most that a singular value of J is wrong by. */
  double singularValue(double trace) {
    return (rows * epsilon + evaluation.whole()) * Math.sqrt(trace);
  }
}
