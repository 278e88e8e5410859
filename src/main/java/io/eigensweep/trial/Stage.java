package io.eigensweep.trial;

/** The stages of a trial, in their order. */
public enum Stage {
  LOAD,
  INITIALISE,
  TRAIN,
  KERNEL,
  EVALUATE,
  ARTIFACTS
}
