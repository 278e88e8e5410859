package io.eigensweep.cli;

import io.eigensweep.result.RowFile;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Runs trials in this JVM and shows their rows as they would be read back from a sweep. */
final class LocalRun {
  private final Configuration conf;
  private final TrialRunner runner;

  LocalRun(Configuration conf) {
    this.conf = conf;
    this.runner =
        new TrialRunner(new SignalFiles(conf), (id, name) -> OutputStream.nullOutputStream());
  }

  /** The row of {@code trial} by column; its artifacts are not kept. */
  Map<String, @Nullable Object> row(Trial trial) {
    Trial rowOnly =
        new Trial(
            trial.signal(),
            trial.encoding(),
            trial.network(),
            trial.training(),
            trial.ntk(),
            trial.linalg(),
            trial.seed(),
            List.of());
    TrialResult result = runner.run(rowOnly, 0);
    try {
      java.nio.file.Path folder = Files.createTempDirectory("eigensweep-row");
      java.nio.file.Path file = folder.resolve(trial.id() + ".parquet");
      try {
        Path path = new Path(file.toUri());
        RowFile.write(path, result, conf);
        return RowFile.read(path, conf);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't write a row to the temporary folder", e);
    }
  }
}
