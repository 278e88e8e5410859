package io.eigensweep.network;

/** The two kinds of trainable numbers, each of which training can hold still. */
public enum Part {
  /** Weights and biases of the layers. */
  NETWORK,
  /** The entries of the encoding's grids. */
  GRID
}
