package io.eigensweep.signal;

import java.io.FileNotFoundException;

/**
 * A file is not there although its folder is, with other files of its kind: it was removed, rather
 * than its storage taken away.
 */
public final class MissingSignalException extends FileNotFoundException {
  private static final long serialVersionUID = 1L;

  MissingSignalException(String message, FileNotFoundException cause) {
    super(message);
    initCause(cause);
  }
}
