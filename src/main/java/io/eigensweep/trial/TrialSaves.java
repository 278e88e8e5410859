package io.eigensweep.trial;

import java.io.IOException;
import java.util.Optional;

/** Where the states of unfinished trials are kept: one each, the latest. */
public interface TrialSaves {

  /** The latest state of {@code id}. */
  Optional<byte[]> read(TrialId id) throws IOException;

  /** Keeps {@code state} in the place of an earlier one; it is there whole or not at all. */
  void write(TrialId id, State state) throws IOException;

  /** The state of a training, made only when it is to be kept: it is as large as the network. */
  @FunctionalInterface
  interface State {

    /**
     * The state.
     *
     * @throws IOException when it can't be held in one piece
     */
    byte[] bytes() throws IOException;
  }
}
