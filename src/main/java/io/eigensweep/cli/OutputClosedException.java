package io.eigensweep.cli;

import java.io.PrintStream;

/** Nobody reads what a command prints any more: what is left of it need not be made. */
final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OutputClosedException() {
    super("the output was closed");
  }

  /** Hands on what was printed to {@code out} so far, and throws when it can't be. */
  static void check(PrintStream out) {
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }
}
