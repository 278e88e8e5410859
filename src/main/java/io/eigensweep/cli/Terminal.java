package io.eigensweep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether someone watches. */
final class Terminal {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether stderr is a terminal; false where the system does not tell. */
  static boolean watchesStderr() {
    if (!Files.isSymbolicLink(STDERR)) {
      return false;
    }
    try {
      return Files.readSymbolicLink(STDERR).toString().matches("/dev/(pts/|tty).*");
    } catch (IOException e) {
      return false; // another way to not tell
    }
  }
}
