package io.eigensweep.signal;

import java.io.IOException;

/** Loads the picture that a trial names. */
public interface SignalReader {

  /**
   * The picture of {@code signal}, cropped and resampled as it asks.
   *
   * @throws IOException when the file can't be read
   * @throws UnreadablePictureException when its content is no picture that can be used
   */
  LoadedSignal read(Signal signal) throws IOException;
}
