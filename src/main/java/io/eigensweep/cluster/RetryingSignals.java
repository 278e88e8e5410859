package io.eigensweep.cluster;

import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalReader;
import java.io.IOException;

/**
 * Reads signals again where that may help. Nothing is lost when it does not: the trial is tried
 * elsewhere, or later.
 */
record RetryingSignals(SignalReader signals, StorageBackoff backoff) implements SignalReader {
  @Override
  public LoadedSignal read(Signal signal) throws IOException {
    return backoff.ask(() -> signals.read(signal));
  }
}
