package io.eigensweep.signal;

import java.io.IOException;

/** Loads the signal that a trial names. */
public interface SignalReader {

  /**
   * The picture or surface of {@code signal}.
   *
   * @throws IOException when the file can't be read, or its content can't be used
   */
  LoadedSignal read(Signal signal) throws IOException;
}
