package io.eigensweep.ntk;

/** Where the sample points of a kernel lie in the picture. */
public enum Pattern {
  /** k × k pixels at equal distances. */
  LATTICE,
  /** Pixels drawn without replacement from the seed's stream {@code ntk/points}. */
  RANDOM
}
