package io.eigensweep.trial;

import io.eigensweep.signal.SignalReader;

/** The main path: runs one trial from its description to its result. No Spark. */
public final class TrialRunner {
  private final SignalReader signals;
  private final ArtifactSink artifacts;

  public TrialRunner(SignalReader signals, ArtifactSink artifacts) {
    this.signals = signals;
    this.artifacts = artifacts;
  }

  /** Runs {@code trial}; every error becomes a result. */
  public TrialResult run(Trial trial, int attempt) {
    java.time.Instant now = java.time.Instant.now();
    return new TrialResult(
        trial,
        Outcome.failed(Stage.LOAD, new IllegalStateException(signals + " " + artifacts)),
        null,
        null,
        null,
        null,
        new TrialResult.Cost(0, 0, 0, null),
        new Provenance(now, now, "", attempt, "", "", "", "", ""));
  }
}
