package io.eigensweep.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;

/**
 * Runs of local sweeps that ended in order, though they could not say so in the sweep's folder, as
 * its storage was away: in this machine's temporary folder, so that the next sweep here takes none
 * of their trials for dead.
 */
record EndedRuns(Path folder) {

  /** Those in the temporary folder. */
  static EndedRuns ofThisMachine() {
    return new EndedRuns(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Notes that {@code run} has ended. */
  void add(String run) {
    try {
      Files.writeString(file(run), "");
    } catch (IOException e) {
      LogManager.getLogger(EndedRuns.class)
          .warn("the end of {} is not noted: {}", run, e.toString());
    }
  }

  /** Whether {@code run} has ended in order. */
  boolean contains(String run) {
    return Files.exists(file(run));
  }

  private Path file(String run) {
    return folder.resolve("eigensweep-" + run + ".ended");
  }
}
