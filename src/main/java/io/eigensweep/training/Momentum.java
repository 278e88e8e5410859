package io.eigensweep.training;

import io.eigensweep.network.Trainable;
import io.eigensweep.network.TrainableNetwork;
import java.util.List;
import java.util.Map;

/** v ← μv + g, θ ← θ − ηv, one pass over each array. */
final class Momentum implements UpdateRule {
  private final float decay;
  private final List<Trainable> trainables;
  private final float[][] velocities;

  Momentum(Optimizer.Momentum settings, List<Trainable> trainables) {
    this.decay = (float) settings.momentum();
    this.trainables = trainables;
    this.velocities = Trainable.zeros(trainables);
  }

  @Override
  public double gradientFactor(double rate) {
    return 1;
  }

  @Override
  public void apply(TrainableNetwork network, int[] order, int from, double rate, long step) {
    network.completeGradients(order, from);
    for (int i = 0; i < velocities.length; i++) {
      Trainable trainable = trainables.get(i);
      if (network.isFrozen(trainable.part())) {
        continue;
      }
      move(trainable.values(), trainable.gradient(), velocities[i], decay, (float) rate);
    }
  }

  private static void move(
      float[] values, float[] gradient, float[] velocity, float decay, float rate) {
    for (int i = 0; i < values.length; i++) {
      float v = decay * velocity[i] + gradient[i];
      velocity[i] = v;
      values[i] -= rate * v;
    }
  }

  @Override
  public void putState(Map<String, float[]> state) {
    for (int i = 0; i < velocities.length; i++) {
      state.put("velocity." + trainables.get(i).name(), velocities[i]);
    }
  }
}
