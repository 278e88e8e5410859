package io.eigensweep.signal;

import org.jspecify.annotations.Nullable;

/**
 * A signal source that gives no pictures: a wrong address, a folder without pictures, an unknown
 * class. The message is one line that says what, which value, and what is allowed.
 */
public final class SignalSourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean reached;

  private SignalSourceException(String message, @Nullable Throwable cause, boolean reached) {
    super(message, cause);
    this.reached = reached;
  }

  /** The source is there, but its content is not what was declared. */
  static SignalSourceException content(String message) {
    return new SignalSourceException(message, null, true);
  }

  /** The source is not there, or its file system can't be asked. */
  static SignalSourceException unreachable(String message, Throwable cause) {
    return new SignalSourceException(message, cause, false);
  }

  /**
   * True when the source was looked into and is wrong; false when it could not be looked into,
   * which a plan may get over by counting what the job declares.
   */
  public boolean reached() {
    return reached;
  }
}
