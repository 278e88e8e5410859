package io.eigensweep.training;

import io.eigensweep.network.Trainable;
import io.eigensweep.network.TrainableNetwork;
import java.util.List;
import java.util.Map;

/**
 * Adam with bias correction, as in {@link Optimizer.Adam}. The factors that depend on t alone are
 * taken out of the loop: θ ← θ − α·m/(√v·ρ + ε) with α = η/(1 − β₁^t) and ρ = 1/√(1 − β₂^t).
 */
final class Adam implements UpdateRule {
  private final double beta1;
  private final double beta2;
  private final float epsilon;
  private final List<Trainable> trainables;
  private final float[][] means;
  private final float[][] squares;

  /** β₁^exponent and β₂^exponent: {@code StrictMath.pow} would allocate. */
  private double power1 = 1;

  private double power2 = 1;
  private long exponent;

  Adam(Optimizer.Adam settings, List<Trainable> trainables) {
    this.beta1 = settings.beta1();
    this.beta2 = settings.beta2();
    this.epsilon = (float) settings.epsilon();
    this.trainables = trainables;
    this.means = Trainable.zeros(trainables);
    this.squares = Trainable.zeros(trainables);
  }

  @Override
  public double gradientFactor(double rate) {
    return 1;
  }

  @Override
  public void apply(TrainableNetwork network, int[] order, int from, double rate, long step) {
    network.completeGradients(order, from);
    raisePowers(step);
    float alpha = (float) (rate / (1 - power1));
    float rho = (float) (1 / Math.sqrt(1 - power2));
    for (int i = 0; i < means.length; i++) {
      Trainable trainable = trainables.get(i);
      if (network.isFrozen(trainable.part())) {
        continue;
      }
      move(trainable.values(), trainable.gradient(), means[i], squares[i], alpha, rho);
    }
  }

  /** Always by the same products, so that a resumed training has the same bits. */
  private void raisePowers(long step) {
    for (; exponent < step; exponent++) {
      power1 *= beta1;
      power2 *= beta2;
    }
  }

  private void move(
      float[] values, float[] gradient, float[] mean, float[] square, float alpha, float rho) {
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float floor = epsilon;
    for (int i = 0; i < values.length; i++) {
      float g = gradient[i];
      float m = keep1 * mean[i] + take1 * g;
      float v = keep2 * square[i] + take2 * (g * g);
      mean[i] = m;
      square[i] = v;
      values[i] -= alpha * m / ((float) Math.sqrt(v) * rho + floor);
    }
  }

  @Override
  public void putState(Map<String, float[]> state) {
    for (int i = 0; i < means.length; i++) {
      state.put("mean." + trainables.get(i).name(), means[i]);
      state.put("square." + trainables.get(i).name(), squares[i]);
    }
  }
}
