package io.eigensweep.cluster;

import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.ArtifactSink;
import io.eigensweep.trial.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A trial's files, kept in memory until they are closed, then stored as rows are: hours of training
 * are not lost to storage that is away for a while.
 */
record RetryingArtifacts(ResultStore store, StorageBackoff backoff) implements ArtifactSink {

  @Override
  public OutputStream create(TrialId id, String name) {
    Path file = new Path(new Path(store.artifactsFolder(), id.text()), name);
    return new ByteArrayOutputStream() {
      private boolean closed;

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          backoff.run(
              () -> {
                store.requireThere();
                store.write(file, toByteArray());
              });
        }
      }
    };
  }
}
