package io.eigensweep.claims;

/** Rows that have nothing to test a claim with; the message says what is missing. */
final class UntestedException extends Exception {
  private static final long serialVersionUID = 1L;

  UntestedException(String message) {
    super(message);
  }
}
