package io.eigensweep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where what is printed goes. */
final class Terminal {
  private static final Path STDOUT = Path.of("/proc/self/fd/1");
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether stderr is a terminal; false where the system does not tell. */
  static boolean watchesStderr() {
    return target(STDERR).matches("/dev/(pts/|tty).*");
  }

  /** Whether stdout goes to another process; false where the system does not tell. */
  static boolean stdoutIsPipe() {
    return target(STDOUT).matches("(pipe|socket):.*");
  }

  private static String target(Path descriptor) {
    if (!Files.isSymbolicLink(descriptor)) {
      return "";
    }
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // another way to not tell
    }
  }
}
