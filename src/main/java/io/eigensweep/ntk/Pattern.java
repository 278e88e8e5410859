package io.eigensweep.ntk;

/**
 * Of which points the smallest eigenvalue is looked for. Any points' λ_min is an upper bound of
 * that over all training points (Cauchy's interlacing); neighbours come closest to it.
 */
public enum Pattern {
  /**
   * Windows of neighbouring training points, k × k pixels or the points nearest to one of a
   * surface, spread over the signal by the seed's stream {@code ntk/windows}; the one with the
   * smallest λ_min counts.
   */
  PATCH(Scope.WINDOW),
  /** Every training point, bounded from both sides at the last checkpoint; windows before. */
  ALL(Scope.TRAINING),
  /** k × k pixels at equal distances; of a surface the first uniform training points. */
  LATTICE(Scope.SAMPLE),
  /**
   * Training points (pixels, or points uniform and near the surface) drawn without replacement from
   * the seed's stream {@code ntk/points}.
   */
  RANDOM(Scope.SAMPLE);

  private final Scope scope;

  Pattern(Scope scope) {
    this.scope = scope;
  }

  /** The points whose λ_min is that of the trial. */
  public Scope scope() {
    return scope;
  }

  /** Whether kernels of windows are computed. */
  public boolean hasWindows() {
    return scope != Scope.SAMPLE;
  }
}
