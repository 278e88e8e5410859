package io.eigensweep.spark;

/**
 * Spark has given up a trial: not because of the trial's own errors, which are rows, but because
 * its executors died or its row could not be stored, again and again. What is committed stays.
 */
public final class SweepAbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SweepAbortedException(Throwable cause) {
    super(
        "the sweep was aborted; the same command goes on where it was: "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
        cause);
  }
}
