package io.eigensweep.ntk;

/** The points that a kernel is of. Eigenvalues of different scopes are never compared. */
public enum Scope {
  /** Points that stand for the whole signal, at equal distances or drawn. */
  SAMPLE,
  /** Neighbouring training points, of several windows that with the smallest λ_min. */
  WINDOW,
  /** Every training point. */
  TRAINING
}
