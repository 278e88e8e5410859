package io.eigensweep.trial;

/** A trial was told to stop before its end. It has no row, and can be run again. */
public final class TrialStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrialStoppedException() {
    super("the trial was told to stop");
  }
}
