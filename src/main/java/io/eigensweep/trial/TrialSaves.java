package io.eigensweep.trial;

import java.io.IOException;
import java.util.Optional;

/** Where the states of unfinished trials are kept: one each, the latest. */
public interface TrialSaves {

  /** The latest state of {@code id}. */
  Optional<byte[]> read(TrialId id) throws IOException;

  /** Keeps {@code state} in the place of an earlier one; it is there whole or not at all. */
  void write(TrialId id, byte[] state) throws IOException;
}
