package io.eigensweep.trial;

import java.io.IOException;
import java.io.OutputStream;

/** Where a trial's files go. */
@FunctionalInterface
public interface ArtifactSink {

  /** A stream for the file {@code name} of trial {@code id}; closing it makes the file visible. */
  OutputStream create(TrialId id, String name) throws IOException;
}
