package io.eigensweep.network;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import java.io.Serializable;

/**
 * The shape of the multilayer perceptron f behind the encoding: a_0 = γ(x), z_l = s_l W_l a_(l−1) +
 * t_l b_l, a_l = σ(z_l) for l ≤ H, f = z_(H+1).
 *
 * @param hiddenLayers H
 * @param width units of each hidden layer
 * @param activation σ
 * @param parameterization the factors s_l, t_l and the initial distributions
 * @param bias false drops every b_l, in the kernel too
 */
public record NetworkSettings(
    @Key(meaning = "hidden layers of the network", fallback = "2") int hiddenLayers,
    @Key(meaning = "units of each hidden layer", fallback = "256") int width,
    @Key(meaning = "nonlinearity of the hidden layers", fallback = "relu") Activation activation,
    @Key(meaning = "scaling and initial distribution of weights and biases", fallback = "width")
        Parameterization parameterization,
    @Key(meaning = "whether layers have biases", fallback = "true") boolean bias)
    implements Serializable {
  public NetworkSettings {
    Check.between("hidden-layers", hiddenLayers, 1, 64);
    Check.between("width", width, 1, 65_536);
  }

  /** This network with another width. */
  public NetworkSettings withWidth(int units) {
    return new NetworkSettings(hiddenLayers, units, activation, parameterization, bias);
  }

  /**
   * Weights and biases of the network for {@code inputs} encoded inputs, {@code outputs} outputs.
   */
  public long parameterCount(int inputs, int outputs) {
    long perUnit = bias ? 1 : 0;
    long count = (inputs + perUnit) * width;
    count += (hiddenLayers - 1L) * (width + perUnit) * width;
    count += (width + perUnit) * outputs;
    return count;
  }
}
