package io.eigensweep.encoding;

import java.io.Serializable;

/**
 * An input encoding γ: [0,1]^d → R^e with the input always first. Each permitted record holds its
 * own hyperparameters; a new encoding is one record and one entry in the {@code permits} clause.
 */
public sealed interface Encoding extends Serializable
    permits Identity, Fourier, Multigrid, Hashgrid {

  /** The encoded dimension e for inputs of dimension {@code d}. */
  int encodedDimension(int d);

  /** The number of trainable numbers that the encoding adds to the network. */
  long parameterCount(int d);
}
