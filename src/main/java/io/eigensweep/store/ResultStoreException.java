package io.eigensweep.store;

import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** The folder of a sweep can't be used; the message says in one line what, where and why. */
public final class ResultStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** It was not possible to {@code action} what is at {@code path}, because of {@code cause}. */
  public ResultStoreException(String action, Path path, Throwable cause) {
    super(String.format(Locale.ROOT, "can't %s %s: %s", action, path, reason(cause)), cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    // Remote exceptions carry the server's stack trace after the first line.
    String line = message.strip().lines().findFirst().orElse(kind).strip();
    return cause instanceof java.nio.file.FileSystemException ? kind + ": " + line : line;
  }
}
