package io.eigensweep.certify;

/** An array that is no kernel or Jacobian, or is too large; the message is one line. */
public final class UnfitMatrixException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitMatrixException(String message) {
    super(message);
  }
}
