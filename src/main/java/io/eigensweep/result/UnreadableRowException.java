package io.eigensweep.result;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file is no row of a trial that this program can read: damaged, foreign, or of other columns.
 */
public final class UnreadableRowException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableRowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
