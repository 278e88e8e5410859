package io.eigensweep.cli;

import io.eigensweep.cluster.Logs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs each command once on the smallest job, in one process and without a word: what classes it
 * has loaded by its end are those that the submit script's archive gives to later processes.
 */
public final class Rehearsal {
  private static final String JOB =
      """
      name: rehearsal
      signal: {type: generated, kind: dead-leaves, size: 16}
      encoding:
        - {type: fourier, levels: 2}
        - {type: multigrid, levels: 1, features: 2, resolution: 4}
      network: {width: 16}
      training: {epochs: 2}
      ntk: {points: 16, epochs: [init, last]}
      """;

  private static final String QUERY =
      "SELECT encoding, count(*), round(avg(psnr), 2) AS psnr, count_if(lambda_min_resolved)"
          + " FROM trials GROUP BY encoding ORDER BY psnr";

  private Rehearsal() {}

  /** Takes no arguments; a command that fails ends it with code 1. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    SubmittedProperties.load();
    Logs.quieten();
    ProcessEnvironment.settle();
    Path folder = Files.createTempDirectory("eigensweep-rehearsal-");
    try {
      run(folder);
    } finally {
      delete(folder);
    }
  }

  private static void run(Path folder) throws IOException {
    String job = Files.writeString(folder.resolve("job.yaml"), JOB).toString();
    String out = folder.resolve("sweep").toString();
    for (List<String> command :
        List.of(
            List.of("--help"),
            List.of("plan", job),
            List.of("sweep", job, "--out", out),
            List.of("status", "--out", out),
            List.of("verify", "--out", out, "--sample", "1"),
            List.of("claims", "--out", out),
            List.of("aggregate", "--out", out),
            List.of("sql", "--out", out, QUERY))) {
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      int code = Main.run(command.toArray(String[]::new), nowhere, nowhere, false);
      if (code != 0) {
        throw new IllegalStateException(command + " ended with code " + code);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Rehearsal::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
