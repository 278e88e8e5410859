package io.eigensweep.encoding;

/** How a grid level is read between its nodes. */
public enum Interpolation {
  /** Multilinear: 2^d nodes with weights Π(1 − |x − node|). */
  LINEAR,
  /** The one nearest node (halves go up). */
  NEAREST,
  /** Multilinear in 3t² − 2t³ instead of t. */
  SMOOTHSTEP
}
