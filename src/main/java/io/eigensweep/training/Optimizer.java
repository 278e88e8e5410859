package io.eigensweep.training;

/** The update rule. */
public enum Optimizer {
  /** θ ← θ − η∇loss. */
  SGD
}
