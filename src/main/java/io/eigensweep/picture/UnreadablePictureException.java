package io.eigensweep.picture;

import java.io.IOException;

/** A file that is no usable picture; the message names the reason. */
public final class UnreadablePictureException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadablePictureException(String message) {
    super(message);
  }

  public UnreadablePictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
