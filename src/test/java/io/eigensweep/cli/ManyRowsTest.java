package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.store.CountingFileSystem;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.RowVersion;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands that count ask of storage, where 100,000 rows make each request tell. */
class ManyRowsTest {
  private static final int ROWS = 200;

  /** Messages, which are cut, and a name of a picture do not make a label longer. */
  private static final int BYTES_OF_A_ROW = 4 << 10;

  @TempDir Path folder;

  private ResultStore store() throws IOException {
    ManyRows.write(folder, ROWS / 100);
    CountingFileSystem.reset();
    return new ResultStore(
        CountingFileSystem.path(folder.resolve("out")), CountingFileSystem.conf());
  }

  @Test
  void countsByOneListingAndOneShortReadOfEachRow() throws IOException {
    ResultStore store = store();
    Map<TrialId, RowVersion> files = store.rowFiles();

    assertThat(store.labels(files)).hasSize(ROWS);
    assertThat(CountingFileSystem.LISTINGS).hasValue(1);
    assertThat(CountingFileSystem.OPENED).hasValue(ROWS);
    assertThat(CountingFileSystem.BYTES.get()).isLessThanOrEqualTo((long) ROWS * BYTES_OF_A_ROW);
    assertThat(files.values())
        .allSatisfy(version -> assertThat(version.length()).isGreaterThan(4L * BYTES_OF_A_ROW));
  }

  @Test
  void statusListsTheRowsOnceAndTheAttemptsOnce() throws IOException {
    ResultStore store = store();
    Files.delete(
        folder.resolve("out/trials").resolve(store.committed().iterator().next() + ".parquet"));
    CountingFileSystem.reset();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int code = new StatusCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(store);

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("199 of 200 trials committed");
    assertThat(CountingFileSystem.LISTINGS).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void statusCountsNoRowsAgainstAJobOfAnotherVersion() throws IOException {
    ResultStore store = store();
    String now = "\"numerics\":" + Numerics.VERSION;
    String job = store.readJob().orElseThrow();
    assertThat(job).contains(now);
    store.writeJob(job.replace(now, "\"numerics\":" + (Numerics.VERSION - 1)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int code = new StatusCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).run(store);

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("200 rows of numerics version " + (Numerics.VERSION - 1))
        .doesNotContain("to do");
  }
}
