package io.eigensweep.trial;

/** Files that a trial may leave beside its row. */
public enum Artifact {
  /** {@code weights.safetensors}. */
  WEIGHTS,
  /**
   * {@code reconstruction.png}; of a surface the extracted mesh {@code reconstruction.ply} too, and
   * shaded pictures of it and of the {@code original.png}.
   */
  RECONSTRUCTION
}
