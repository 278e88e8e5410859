package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.store.SyntheticSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows as large as those of a long sweep, in a heap that holds a part of them only. Ten thousand
 * rows in 2 GiB take minutes to make: {@code submit-scripts/benchmark.sh --tables}.
 */
class LargeSweepTest {
  private static final int ROWS = 1500;

  @TempDir Path folder;

  @Test
  void aggregatesInASmallHeapIntoFewFiles() throws Exception {
    new SyntheticSweep(ROWS, 300, 1024).write(folder);
    Path log = folder.resolve("log.txt");

    int code = SeparateJvm.run("1g", log, "aggregate", "--out", folder.toString());

    assertThat(code).as(SeparateJvm.printed(log)).isZero();
    assertThat(SeparateJvm.printed(log)).contains(ROWS + " trials into ");
    assertThat(files("trials")).isLessThan(5);
    assertThat(files("curves")).isLessThan(5);
    assertThat(files("spectra")).isLessThan(10);
    assertThat(Files.size(folder.resolve("report/index.html"))).isLessThan(15L << 20);
  }

  private long files(String table) throws IOException {
    Path tables = folder.resolve("tables");
    String current = Files.readString(tables.resolve("current")).strip();
    try (Stream<Path> files = Files.list(tables.resolve(current).resolve(table))) {
      return files.filter(path -> path.toString().endsWith(".parquet")).count();
    }
  }
}
