package io.eigensweep.npy;

/** A file that is no array of the kind that is wanted; the message is one line that says why. */
public final class UnreadableArrayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with this one line. */
  public UnreadableArrayException(String message) {
    super(message);
  }
}
