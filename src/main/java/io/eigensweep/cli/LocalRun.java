package io.eigensweep.cli;

import io.eigensweep.network.Parameters;
import io.eigensweep.result.RowFile;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.trial.Artifact;
import io.eigensweep.trial.Safetensors;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Runs trials in this JVM and shows their rows as they would be read back from a sweep. */
final class LocalRun {
  private final Configuration conf;
  private final TrialRunner runner;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  LocalRun(Configuration conf) {
    this.conf = conf;
    this.runner = new TrialRunner(new SignalFiles(conf), (id, name) -> written);
  }

  /** A row, and the network that training has ended with, null where it has not. */
  record Run(Map<String, @Nullable Object> row, @Nullable Parameters trained) {}

  /** The row of {@code trial} by column; its artifacts are not kept. */
  Map<String, @Nullable Object> row(Trial trial) {
    return RowFile.stored(runner.run(trial.keeping(List.of()), 0), conf);
  }

  /** The row of {@code trial} by column, with the trained network. */
  Run run(Trial trial) {
    written.reset();
    Map<String, @Nullable Object> row =
        RowFile.stored(runner.run(trial.keeping(List.of(Artifact.WEIGHTS)), 0), conf);
    try {
      return new Run(row, written.size() == 0 ? null : Safetensors.read(written.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("weights that were just written can't be read", e);
    }
  }

  /** The row of {@code trial} from a start of which each number is moved by an ulp. */
  Map<String, @Nullable Object> moved(Trial trial, long seed) {
    return RowFile.stored(runner.repeat(trial, initial -> initial.nudged(seed)), conf);
  }

  /** What the row of {@code trial} would say if it had ended with {@code trained}. */
  Map<String, @Nullable Object> evaluated(Trial trial, Parameters trained) {
    return RowFile.stored(runner.evaluate(trial, trained), conf);
  }
}
