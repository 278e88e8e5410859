package io.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.network.Parameters;
import io.eigensweep.network.ReferenceNetwork;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * Plain descent in float64, and how far descent in float32 may be from it.
 *
 * <p>A network whose inner products have length q, evaluated in float32, is the exact one of
 * weights that are off by γ = 6·√q·u relative, u = 2^-24 (backward error, Higham and Mary 2019). So
 * descent in float32 is exact descent whose parameters are moved by γ before each step. How the
 * moves grow depends on the network, the rate and the data, for sin(30z) fivefold a step: a few
 * descents with random moves of that size say how much, and {@value #MARGIN} times the largest
 * deviation is allowed.
 */
final class RoundedDescent {
  private static final double UNIT = 0x1p-24;
  private static final int ENSEMBLE = 4;
  private static final double MARGIN = 3;

  private final ReferenceNetwork reference;
  private final double[] targets;
  private final double rate;
  private final double gamma;
  private final Parameters exact;
  private final List<Parameters> moved;
  private final Random random = new Random(7);
  private int steps;

  /** A descent from {@code initial}; {@code longest} is the longest inner product, q. */
  RoundedDescent(
      ReferenceNetwork reference, Parameters initial, double[] targets, double rate, int longest) {
    this.reference = reference;
    this.targets = targets;
    this.rate = rate;
    this.gamma = 6 * Math.sqrt(longest) * UNIT;
    this.exact = ReferenceNetwork.copy(initial);
    this.moved = Stream.generate(() -> ReferenceNetwork.copy(initial)).limit(ENSEMBLE).toList();
  }

  /** Takes a step on {@code batch}, and holds {@code loss}, that before the step, to it. */
  void step(int[] batch, double loss) {
    double expected = reference.loss(exact, targets, batch);
    double deviation = UNIT * expected;
    for (Parameters one : moved) {
      move(one);
      deviation = Math.max(deviation, Math.abs(reference.loss(one, targets, batch) - expected));
      reference.descend(one, targets, batch, rate);
    }
    if (steps++ == 0) { // else the steps would allow anything
      assertThat(MARGIN * deviation).isLessThan(0.01 * expected);
    }
    assertThat(loss).isCloseTo(expected, within(MARGIN * deviation));
    reference.descend(exact, targets, batch, rate);
  }

  /** Holds {@code parameters} to those after the steps. */
  void assertEndsAt(Parameters parameters) {
    for (int part = 0; part < 3; part++) {
      double[] expected = flat(exact, part);
      double[] actual = flat(parameters, part);
      double deviation = UNIT * largest(expected, new double[expected.length]);
      for (Parameters one : moved) {
        deviation = Math.max(deviation, largest(flat(one, part), expected));
      }
      assertThat(actual).containsExactly(expected, within(MARGIN * deviation));
    }
  }

  /** θ ← θ(1 + γξ), ξ uniform in [−1, 1]. */
  private void move(Parameters parameters) {
    for (List<DMatrixRMaj> part :
        List.of(parameters.weights(), parameters.biases(), parameters.grids())) {
      for (DMatrixRMaj matrix : part) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
          matrix.data[i] *= 1 + gamma * (2 * random.nextDouble() - 1);
        }
      }
    }
  }

  private static double[] flat(Parameters parameters, int part) {
    return ReferenceNetwork.flat(
        List.of(parameters.weights(), parameters.biases(), parameters.grids()).get(part));
  }

  private static double largest(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
