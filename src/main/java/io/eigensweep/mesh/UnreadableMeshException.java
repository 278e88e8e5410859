package io.eigensweep.mesh;

import java.io.IOException;

/** A file that is no usable mesh; the message names the reason. */
public final class UnreadableMeshException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableMeshException(String message) {
    super(message);
  }

  public UnreadableMeshException(String message, Throwable cause) {
    super(message, cause);
  }
}
