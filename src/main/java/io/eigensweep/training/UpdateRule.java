package io.eigensweep.training;

import io.eigensweep.network.TrainableNetwork;
import java.util.Map;

/** What a step does with the gradient of its batch; holds what it remembers between steps. */
sealed interface UpdateRule permits Descent, Momentum, Adam {

  /** The rule of {@code settings} for {@code network}. */
  static UpdateRule of(TrainingSettings settings, TrainableNetwork network) {
    if (settings.optimizer() instanceof Optimizer.Momentum momentum) {
      return new Momentum(momentum, network.trainables());
    } else if (settings.optimizer() instanceof Optimizer.Adam adam) {
      return new Adam(adam, network.trainables());
    }
    return new Descent();
  }

  /** What the gradients of a step's chunks are multiplied by when they are accumulated. */
  double gradientFactor(double rate);

  /**
   * Changes the numbers of {@code network} by what was accumulated for the samples order[from] ….
   *
   * @param step number of the step, from 1
   */
  void apply(TrainableNetwork network, int[] order, int from, double rate, long step);

  /** Adds the arrays that the next step depends on, by name: the arrays themselves. */
  void putState(Map<String, float[]> state);
}
