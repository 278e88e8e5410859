package io.eigensweep.benchmark;

import io.eigensweep.cli.SeparateJvm;
import io.eigensweep.store.SyntheticSweep;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The command {@code aggregate} on ten thousand rows, in a JVM of its own with 2 GiB of heap: for
 * the first time, again when nothing has changed, and after the sweep has grown. Not by JMH: each
 * is minutes long and happens once.
 */
final class TablesSuite implements Suite {
  private static final int ROWS = 10_000;
  private static final int MORE = 10_200;
  private static final String HEAP = "2g";

  @Override
  public String option() {
    return "tables";
  }

  @Override
  public String title() {
    return String.format(
        Locale.ROOT,
        "tables: aggregate with a heap of %s; each row with a curve of 301 points and 9 spectra of"
            + " 1024 values; %d processors",
        HEAP,
        Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void run(PrintStream out) {
    try {
      Path folder = Files.createTempDirectory("eigensweep-tables");
      try {
        measure(folder, out);
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void measure(Path folder, PrintStream out)
      throws IOException, InterruptedException {
    out.printf(Locale.ROOT, "%-24s %8s %10s%n", "", "rows", "seconds");
    new SyntheticSweep(ROWS, 300, 1024).write(folder);
    aggregate("first time", ROWS, folder, out);
    aggregate("nothing new", ROWS, folder, out);
    new SyntheticSweep(MORE, 300, 1024).write(folder, ROWS);
    aggregate("grown by " + (MORE - ROWS), MORE, folder, out);
  }

  private static void aggregate(String what, int rows, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    long start = System.nanoTime();
    int code = SeparateJvm.run(HEAP, log, "aggregate", "--out", folder.toString());
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0) {
      throw new IllegalStateException("aggregate failed: " + SeparateJvm.printed(log));
    }
    out.printf(Locale.ROOT, "%-24s %8d %10.1f%n", what, rows, seconds);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
