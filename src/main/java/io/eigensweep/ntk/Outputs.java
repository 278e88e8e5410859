package io.eigensweep.ntk;

/** How the kernels of the C outputs become one matrix. */
public enum Outputs {
  /** (1/C) Σ_c K^(c), N × N. */
  MEAN,
  /** Σ_c K^(c), N × N. */
  SUM,
  /** All pairs of outputs, NC × NC, row i·C + c. */
  FULL
}
