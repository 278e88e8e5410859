package io.eigensweep.spark;

import io.eigensweep.result.ResultStore;
import io.eigensweep.trial.ArtifactSink;
import io.eigensweep.trial.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * A trial's files, kept in memory until they are closed, then stored as rows are: hours of training
 * are not lost to storage that is away for a minute.
 */
final class PatientArtifacts implements ArtifactSink {
  private final ResultStore store;

  PatientArtifacts(ResultStore store) {
    this.store = store;
  }

  @Override
  public OutputStream create(TrialId id, String name) {
    Path file = new Path(new Path(store.artifactsFolder(), id.text()), name);
    return new ByteArrayOutputStream() {
      private boolean closed;

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          StoragePatience.store(() -> store.write(file, toByteArray()), TaskContext.get());
        }
      }
    };
  }
}
