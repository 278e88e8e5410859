package io.eigensweep.trial;

import java.io.IOException;
import java.io.OutputStream;

/** Where a trial's files go. */
@FunctionalInterface
public interface ArtifactSink {

  /**
   * A stream for the file {@code name} of trial {@code id}; closing it makes the file visible. An
   * error of any kind says that the file can't be stored, nothing of the trial.
   */
  OutputStream create(TrialId id, String name) throws IOException;
}
