package io.eigensweep.sweep;

/** The sweep can't go on: Spark has ended it, or rows can't be stored. What is committed stays. */
public final class SweepAbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean storageGone;

  SweepAbortedException(String reason) {
    this(reason, false);
  }

  private SweepAbortedException(String reason, boolean storageGone) {
    super("the sweep was aborted; the same command goes on where it was: " + reason);
    this.storageGone = storageGone;
  }

  /** A sweep that can't read or write its files; {@code reason} says which and why. */
  public static SweepAbortedException withoutStorage(String reason) {
    return new SweepAbortedException(reason, true);
  }

  /**
   * Whether it ended because files can't be read or written: nothing can be said of them either.
   */
  public boolean isStorageGone() {
    return storageGone;
  }
}
