package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's Python with NumPy. On a machine without them a test is skipped, which {@code .ci/run}
 * refuses.
 */
final class Python {
  private static final String PROGRAM = "/usr/bin/python3";

  private Python() {}

  /**
   * One run.
   *
   * @param code the exit code
   * @param out what it printed, errors included
   */
  record Ended(int code, String out) {}

  /** Skips the test where NumPy is missing. */
  static void assumeNumpy() {
    assumeTrue(
        Files.isExecutable(Path.of(PROGRAM)) && run("-c", "import numpy").code() == 0,
        "needs Debian's package python3-numpy");
  }

  /** Runs {@code script}, which must succeed, with {@code arguments}. */
  static void script(String script, String... arguments) {
    Ended ended =
        run(Stream.concat(Stream.of("-c", script), Stream.of(arguments)).toArray(String[]::new));
    assertThat(ended.code()).as(ended.out()).isZero();
  }

  static Ended run(String... arguments) {
    try {
      Path log = Files.createTempFile("python", ".txt");
      try {
        Process process =
            new ProcessBuilder(
                    Stream.concat(Stream.of(PROGRAM, "-I", "-B"), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return new Ended(code, String.join("\n", lines));
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
