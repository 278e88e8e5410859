package io.eigensweep.trial;

/** Files that a trial may leave beside its row. */
public enum Artifact {
  /** {@code weights.safetensors}. */
  WEIGHTS,
  /** {@code reconstruction.png}. */
  RECONSTRUCTION
}
