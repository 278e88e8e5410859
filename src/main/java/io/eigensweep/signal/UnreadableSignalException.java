package io.eigensweep.signal;

import java.io.IOException;

/**
 * A file whose content can't be used as a signal, wherever and whenever it is read. Every other
 * {@link IOException} of a {@link SignalReader} is trouble of the storage, which may pass.
 */
public final class UnreadableSignalException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableSignalException(String message) {
    super(message);
  }

  public UnreadableSignalException(String message, Throwable cause) {
    super(message, cause);
  }
}
