package io.eigensweep.signal;

import java.io.IOException;

/**
 * A file whose content can't be used as a signal, wherever and whenever it is read. Every other
 * {@link IOException} of a {@link SignalReader} is trouble of the storage, which may pass.
 */
public sealed class UnreadableSignalException extends IOException
    permits UnreadablePictureException {
  private static final long serialVersionUID = 1L;

  UnreadableSignalException(String message) {
    super(message);
  }

  UnreadableSignalException(String message, Throwable cause) {
    super(message, cause);
  }
}
