package io.eigensweep.training;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;
import java.io.Serializable;
import java.util.OptionalDouble;

/** The update rule with its constants; g = ∇loss of the batch. */
public sealed interface Optimizer extends Serializable
    permits Optimizer.Sgd, Optimizer.Momentum, Optimizer.Adam {

  /** How many numbers it keeps from step to step for each number that is trained. */
  int numbersPerParameter();

  /**
   * The learning rate from which full-batch descent on a quadratic loss grows, when plain descent
   * grows from {@code sgdLimit} on; empty where that is not known.
   */
  OptionalDouble stabilityLimit(double sgdLimit);

  /**
   * How much time of the gradient flow dθ/dt = −∇loss steps at {@code rate} stand for; empty where
   * steps do not scale with the gradient.
   */
  OptionalDouble flowTime(double rate);

  /** θ ← θ − ηg. */
  @TypeName("sgd")
  record Sgd() implements Optimizer {
    @Override
    public int numbersPerParameter() {
      return 0;
    }

    @Override
    public OptionalDouble stabilityLimit(double sgdLimit) {
      return OptionalDouble.of(sgdLimit);
    }

    @Override
    public OptionalDouble flowTime(double rate) {
      return OptionalDouble.of(rate);
    }
  }

  /**
   * v ← μv + g, θ ← θ − ηv, from v = 0 (Polyak 1964, also for the limit).
   *
   * @param momentum μ
   */
  @TypeName("momentum")
  record Momentum(
      @Key(meaning = "share μ of the velocity that a step of momentum keeps", fallback = "0.9")
          double momentum)
      implements Optimizer {
    public Momentum {
      Check.share("momentum", momentum);
    }

    @Override
    public int numbersPerParameter() {
      return 1;
    }

    @Override
    public OptionalDouble stabilityLimit(double sgdLimit) {
      return OptionalDouble.of(sgdLimit * (1 + momentum));
    }

    @Override
    public OptionalDouble flowTime(double rate) {
      return OptionalDouble.of(rate / (1 - momentum));
    }
  }

  /**
   * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁^t), v̂ =
   * v/(1 − β₂^t) at step t from 1 (Kingma and Ba 2015).
   *
   * @param beta1 β₁
   * @param beta2 β₂
   * @param epsilon ε
   */
  @TypeName("adam")
  record Adam(
      @Key(meaning = "decay β₁ of Adam's mean gradient", fallback = "0.9") double beta1,
      @Key(meaning = "decay β₂ of Adam's mean squared gradient", fallback = "0.999") double beta2,
      @Key(meaning = "ε that Adam adds to the root of the mean squared gradient", fallback = "1e-8")
          double epsilon)
      implements Optimizer {
    public Adam {
      Check.share("beta1", beta1);
      Check.share("beta2", beta2);
      Check.positive("epsilon", epsilon);
    }

    @Override
    public int numbersPerParameter() {
      return 2;
    }

    @Override
    public OptionalDouble stabilityLimit(double sgdLimit) {
      return OptionalDouble.empty();
    }

    @Override
    public OptionalDouble flowTime(double rate) {
      return OptionalDouble.empty();
    }
  }
}
