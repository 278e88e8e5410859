package io.eigensweep.network;

/** The pointwise nonlinearity σ of the hidden layers. */
public enum Activation {
  RELU,
  TANH,
  /** σ(z) = sin(30 z), as in SIREN (Sitzmann et al. 2020). */
  SINE
}
