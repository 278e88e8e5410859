package io.eigensweep.certify;

import java.util.Locale;

/** What the bounds say of a kernel and all that are within its entries' error. */
public enum Verdict {
  /** λ_min &gt; 0 is proved. */
  POSITIVE_DEFINITE,
  /** 0 lies between the bounds of λ_min. */
  NOT_RESOLVED,
  /** λ_min &lt; 0 is proved. */
  INDEFINITE;

  static Verdict of(Bounds bounds) {
    if (bounds.lower() > 0) {
      return POSITIVE_DEFINITE;
    }
    return bounds.upper() < 0 ? INDEFINITE : NOT_RESOLVED;
  }

  /** For example {@code not resolved}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
