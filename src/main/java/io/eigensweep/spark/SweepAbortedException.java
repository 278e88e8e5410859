package io.eigensweep.spark;

/** The sweep can't go on: Spark has ended it, or rows can't be stored. What is committed stays. */
public final class SweepAbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SweepAbortedException(String reason) {
    super("the sweep was aborted; the same command goes on where it was: " + reason);
  }
}
