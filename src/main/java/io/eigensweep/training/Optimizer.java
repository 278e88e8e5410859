package io.eigensweep.training;

/** The update rule; g = ∇loss of the batch. */
public enum Optimizer {
  /** θ ← θ − ηg. */
  SGD(0),

  /** v ← μv + g, θ ← θ − ηv, from v = 0 (Polyak 1964). */
  MOMENTUM(1),

  /**
   * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁^t), v̂ =
   * v/(1 − β₂^t) at step t from 1 (Kingma and Ba 2015).
   */
  ADAM(2);

  private final int numbersPerParameter;

  Optimizer(int numbersPerParameter) {
    this.numbersPerParameter = numbersPerParameter;
  }

  /** How many numbers it keeps from step to step for each number that is trained. */
  public int numbersPerParameter() {
    return numbersPerParameter;
  }
}
