package io.eigensweep.tables;

/** A query that can't be answered; the message is one line. */
public final class SqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SqlException(String message, Throwable cause) {
    super(message, cause);
  }

  SqlException(String message) {
    super(message);
  }
}
