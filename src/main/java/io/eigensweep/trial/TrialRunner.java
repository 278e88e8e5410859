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
    throw new IllegalStateException(trial.id() + " " + attempt + signals + artifacts);
  }
}
