package io.eigensweep.trial;

/** How a trial ended. */
public enum Status {
  SUCCEEDED,
  /** The loss became non-finite or exploded. */
  DIVERGED,
  TIMED_OUT,
  OUT_OF_MEMORY,
  /** An error; the stage and message say which. */
  FAILED
}
