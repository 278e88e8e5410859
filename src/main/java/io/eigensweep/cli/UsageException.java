package io.eigensweep.cli;

/** Wrong input of a command; the message is one clear line. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
