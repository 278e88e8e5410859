package io.eigensweep.signal;

import java.io.IOException;

/** Loads the signal that a trial names. */
public interface SignalReader {

  /**
   * The picture or surface of {@code signal}.
   *
   * @throws UnreadableSignalException when its content can't be used, and never will be
   * @throws io.eigensweep.mesh.UnreadableMeshException when it is a mesh file that can't be parsed,
   *     and never will be
   * @throws IOException when the file can't be read, here and now
   */
  LoadedSignal read(Signal signal) throws IOException;
}
