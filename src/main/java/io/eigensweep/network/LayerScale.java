package io.eigensweep.network;

/**
 * The factors of one layer: z = s·W·a + t·b.
 *
 * @param weight s
 * @param bias t, 0 when the network has no biases
 */
public record LayerScale(double weight, double bias) {

  /** The factors of the layer with {@code fanIn} inputs. */
  public static LayerScale of(NetworkSettings network, int fanIn) {
    Parameterization parameterization = network.parameterization();
    return new LayerScale(
        parameterization.weightScale(fanIn, network.width()),
        network.bias() ? parameterization.biasScale(network.width()) : 0);
  }
}
