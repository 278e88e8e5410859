package io.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A garbage collection stops every trial of a JVM, and waits for the matrix products of all. */
class AllocationTest {
  private static final int SAMPLES = 400;
  private static final int MOST_ROUNDS = 4000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> trainings() {
    List<Encoding> encodings =
        List.of(
            new Identity(),
            new Fourier(3),
            new Multigrid(2, 2, 8, 2, 0.01, Interpolation.LINEAR),
            new Multigrid(2, 3, 8, 2, 0.01, Interpolation.SMOOTHSTEP),
            new Hashgrid(2, 2, 16, 2, 32, 0.01, Interpolation.LINEAR));
    return encodings.stream()
        .flatMap(
            encoding ->
                UpdateRuleTest.optimizers().map(optimizer -> Arguments.of(encoding, optimizer)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void stepsAllocateNothingAfterWarmUp(Encoding encoding, Optimizer optimizer) {
    for (Activation activation : Activation.values()) {
      Trainer trainer = trainer(encoding, optimizer, activation);
      int[] order = new int[SAMPLES];
      Arrays.setAll(order, i -> i);
      // The JVM allocates a little when it links, and interpreted code (of erfc) does what compiled
      // code does without, whenever the compiler comes to it; a step that allocates does it in
      // every
      // round.
      long least = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int step = 0; step < 5; step++) {
          trainer.step(order, 0, SAMPLES);
          trainer.step(order, 0, 150);
        }
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).as("%s", activation).isZero();
    }
  }

  private static Trainer trainer(Encoding encoding, Optimizer optimizer, Activation activation) {
    NetworkSettings network = new NetworkSettings(2, 16, activation, Parameterization.WIDTH, true);
    RandomStream random = RandomStream.of("test", 1);
    double[] coordinates = new double[2 * SAMPLES];
    Arrays.setAll(coordinates, i -> random.nextDouble());
    return new Trainer(
        TrainingSettings.of(optimizer, 1e-3, Schedule.COSINE, SAMPLES, 100, 1),
        network,
        Parameters.initial(network, encoding, 2, 3, 0),
        new Samples(Encoder.encode(encoding, coordinates, 2, 0), 3, new float[3 * SAMPLES]),
        0,
        Blas.of(BlasChoice.AUTO));
  }
}
