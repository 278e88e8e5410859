package io.eigensweep.training;

import io.eigensweep.network.TrainableNetwork;
import java.util.Map;

/** θ ← θ − ηg: the products of the backward pass carry −η, and grids change where samples read. */
final class Descent implements UpdateRule {
  @Override
  public double gradientFactor(double rate) {
    return -rate;
  }

  @Override
  public void apply(TrainableNetwork network, int[] order, int from, double rate, long step) {
    network.applyUpdate(order, from, rate);
  }

  @Override
  public void putState(Map<String, float[]> state) {}
}
