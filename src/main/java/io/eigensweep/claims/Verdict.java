package io.eigensweep.claims;

import io.eigensweep.settings.Names;

/** What rows say of a claim. */
public enum Verdict {
  /** The whole interval lies where the claim says. */
  CONFIRMED,
  /** The whole interval lies elsewhere. */
  REFUTED,
  /** The interval, where there is one, lies on both sides. */
  NOT_RESOLVABLE,
  /** The rows have nothing to test it with. */
  NOT_TESTED;

  /** As tables spell it: {@code not resolvable}. */
  public String words() {
    return Names.of(this).replace('-', ' ');
  }
}
