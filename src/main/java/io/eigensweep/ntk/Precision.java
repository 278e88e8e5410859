package io.eigensweep.ntk;

/** The number type of the kernel and of its eigenvalues. */
public enum Precision {
  /** float64. */
  DOUBLE,
  /**
   * float32 throughout: network, gradients, kernel and eigenvalues. It shows what a published λ_min
   * that was computed so can mean.
   */
  FLOAT
}
