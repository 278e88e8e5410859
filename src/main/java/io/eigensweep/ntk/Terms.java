package io.eigensweep.ntk;

/** Which terms of a kernel get a spectrum. */
public enum Terms {
  /** {@code total}, and {@code mlp} and {@code grid} where the encoding learns. */
  GROUPS,
  /** These, and every layer ({@code mlp.<l>}) and grid level ({@code grid.<l>}). */
  LAYERS
}
