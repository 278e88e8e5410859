package io.eigensweep.encoding;

/** How the frequencies of a {@link Fourier} encoding are chosen. */
public enum Frequencies {
  /** Doubling from half a cycle per side on, each axis by itself. */
  LOG,
  /** Random vectors with entries from N(0, σ²), in every direction. */
  GAUSSIAN
}
