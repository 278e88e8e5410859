package io.eigensweep.ntk;

/** How the eigenvalues of a kernel are computed. */
public enum Method {
  /** From K: everything below about N·ε·trace(K) is rounding noise. */
  GRAM,
  /**
   * As the squares of J's singular values, never through K: known down to about (N·ε)²·trace(K).
   */
  JACOBIAN,
  /**
   * {@link #GRAM}; and {@link #JACOBIAN} where the smallest eigenvalue is less than ten floors and
   * the expected time is within the budget.
   */
  AUTO
}
