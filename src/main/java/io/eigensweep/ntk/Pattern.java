package io.eigensweep.ntk;

/** Where the sample points of a kernel lie in the signal. */
public enum Pattern {
  /** k × k pixels at equal distances; of a surface the first uniform training points. */
  LATTICE,
  /**
   * Training points (pixels, or points uniform and near the surface) drawn without replacement from
   * the seed's stream {@code ntk/points}.
   */
  RANDOM
}
