package io.eigensweep.ntk;

/** The number type of the kernel and of its eigenvalues. */
public enum Precision {
  DOUBLE
}
