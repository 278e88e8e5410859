package io.eigensweep.ntk;

/** The number type of the kernel and of its eigenvalues. */
public enum Precision {
  DOUBLE,
  /** The whole calculation in float32, to show what single-precision tools would report. */
  FLOAT
}
