package io.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.network.ReferenceNetwork;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The update rules on a network with grids, the last batch of an epoch smaller. */
class UpdateRuleTest {
  private static final int SAMPLES = 250;
  private static final int BATCH = 150;
  private static final int EPOCHS = 6;
  private static final Multigrid ENCODING = new Multigrid(2, 2, 9, 2, 0.5, Interpolation.LINEAR);
  private static final NetworkSettings NETWORK =
      new NetworkSettings(2, 48, Activation.RELU, Parameterization.WIDTH, true);

  private final EncodedPoints points = points();
  private final float[] targets = targets();
  private final Parameters initial = Parameters.initial(NETWORK, ENCODING, 2, 2, 4);

  private static EncodedPoints points() {
    RandomStream random = RandomStream.of("points", 1);
    double[] coordinates = new double[2 * SAMPLES];
    Arrays.setAll(coordinates, i -> random.nextDouble());
    return Encoder.encode(ENCODING, coordinates, 2, 0);
  }

  private static float[] targets() {
    RandomStream random = RandomStream.of("targets", 1);
    float[] targets = new float[2 * SAMPLES];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextDouble();
    }
    return targets;
  }

  private Trainer trainer(TrainingSettings settings) {
    return new Trainer(
        settings, NETWORK, initial, new Samples(points, 2, targets), 2, Blas.of(BlasChoice.AUTO));
  }

  private static final Optimizer SGD = new Optimizer.Sgd();
  private static final Optimizer MOMENTUM = new Optimizer.Momentum(0.9);
  private static final Optimizer ADAM = new Optimizer.Adam(0.9, 0.999, 1e-8);

  static Stream<Optimizer> optimizers() {
    return Stream.of(SGD, MOMENTUM, ADAM);
  }

  static Stream<TrainingSettings> rules() {
    return Stream.of(
        TrainingSettings.of(SGD, 20, Schedule.COSINE, BATCH, EPOCHS, 1),
        TrainingSettings.of(MOMENTUM, 4, Schedule.CONSTANT, BATCH, EPOCHS, 1),
        TrainingSettings.of(MOMENTUM, 4, Schedule.COSINE, BATCH, EPOCHS, 1),
        TrainingSettings.of(ADAM, 0.01, Schedule.CONSTANT, BATCH, EPOCHS, 1),
        TrainingSettings.of(ADAM, 0.01, Schedule.COSINE, BATCH, EPOCHS, 1));
  }

  /** The closed form of the learning rates' sum, against the sum. */
  @ParameterizedTest
  @MethodSource("rules")
  void flowTimeIsTheSumOfTheLearningRates(TrainingSettings settings) {
    Trainer trainer = trainer(settings);
    double sum = 0;
    for (int epoch = 0; epoch < EPOCHS - 1; epoch++) {
      trainer.runEpoch();
      for (int step = 2 * epoch; step < 2 * epoch + 2; step++) {
        sum +=
            settings
                .schedule()
                .rate(Objects.requireNonNull(settings.learningRate()), step, 2 * EPOCHS);
      }
    }
    if (settings.optimizer().equals(ADAM)) {
      assertThat(trainer.flowTime()).isEmpty();
    } else {
      double time = settings.optimizer().equals(SGD) ? sum : 10 * sum;
      assertThat(trainer.flowTime().orElseThrow()).isCloseTo(time, within(1e-9 * time));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stepsEqualTheFormulaOnTheReferencesGradients(TrainingSettings settings) {
    Trainer trainer = trainer(settings);
    ReferenceNetwork reference = new ReferenceNetwork(NETWORK, points);
    Parameters expected = ReferenceNetwork.copy(initial);
    double[] flat = flat(expected);
    double[] first = new double[flat.length];
    double[] second = new double[flat.length];
    double[] y = new double[targets.length];
    Arrays.setAll(y, i -> targets[i]);
    int total = 2 * EPOCHS;
    for (int step = 0; step < 5; step++) {
      int from = step % 2 * BATCH;
      int[] batch = order(from, step % 2 == 0 ? BATCH : SAMPLES - BATCH);
      trainer.step(batch, 0, batch.length);
      double[] g = flat(reference.gradient(expected, y, batch));
      double rate =
          settings.schedule() == Schedule.CONSTANT
              ? Objects.requireNonNull(settings.learningRate())
              : Objects.requireNonNull(settings.learningRate())
                  * (1 + Math.cos(Math.PI * step / total))
                  / 2;
      for (int i = 0; i < flat.length; i++) {
        if (settings.optimizer().equals(SGD)) {
          flat[i] -= rate * g[i];
        } else if (settings.optimizer().equals(MOMENTUM)) {
          first[i] = 0.9 * first[i] + g[i];
          flat[i] -= rate * first[i];
        } else {
          first[i] = 0.9 * first[i] + 0.1 * g[i];
          second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i];
          double mean = first[i] / (1 - Math.pow(0.9, step + 1.0));
          double square = second[i] / (1 - Math.pow(0.999, step + 1.0));
          flat[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
        }
      }
      unflatten(flat, expected);
    }
    double[] actual = flat(trainer.parameters());
    double[] moved = flat(initial);
    double largest = 0;
    for (int i = 0; i < flat.length; i++) {
      largest = Math.max(largest, Math.abs(flat[i] - moved[i]));
    }
    assertThat(largest).isGreaterThan(1e-2);
    // Where g is rounding noise, Adam's g/|g| may take either sign: those few are not compared.
    long far = 0;
    for (int i = 0; i < flat.length; i++) {
      far += Math.abs(actual[i] - flat[i]) > 1e-3 * largest ? 1 : 0;
    }
    assertThat(far).isLessThanOrEqualTo(settings.optimizer().equals(ADAM) ? 20 : 0);
  }

  private static int[] order(int from, int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> (from + i) * 7 % SAMPLES);
    return order;
  }

  private static double[] flat(Parameters parameters) {
    return Stream.of(parameters.weights(), parameters.biases(), parameters.grids())
        .flatMapToDouble(part -> DoubleStream.of(ReferenceNetwork.flat(part)))
        .toArray();
  }

  private static void unflatten(double[] flat, Parameters parameters) {
    int at = 0;
    for (var part :
        java.util.List.of(parameters.weights(), parameters.biases(), parameters.grids())) {
      for (var matrix : part) {
        System.arraycopy(flat, at, matrix.data, 0, matrix.getNumElements());
        at += matrix.getNumElements();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void goesOnFromASavedStateWithTheSameBits(Optimizer optimizer) {
    TrainingSettings settings =
        TrainingSettings.of(optimizer, 0.05, Schedule.COSINE, BATCH, EPOCHS, 1);
    Trainer whole = trainer(settings);
    Trainer stopped = trainer(settings);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      whole.runEpoch();
    }
    stopped.runEpoch();
    stopped.runEpoch();
    Trainer resumed = trainer(settings);
    resumed.resume(stopped.state());
    for (int epoch = 2; epoch < EPOCHS; epoch++) {
      resumed.runEpoch();
    }
    assertThat(resumed.outputs()).isEqualTo(whole.outputs());
  }

  private static TrainingSettings freezing(
      Optimizer optimizer, @Nullable Integer grid, @Nullable Integer network) {
    return new TrainingSettings(
        optimizer, 0.05, null, Schedule.COSINE, BATCH, EPOCHS, grid, network, 1);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void frozenGridsKeepTheirBitsFromTheirEpochOnAlsoAfterAResume(Optimizer optimizer) {
    TrainingSettings settings = freezing(optimizer, 2, null);
    Trainer free = trainer(freezing(optimizer, null, null));
    Trainer whole = trainer(settings);
    for (int epoch = 0; epoch < 2; epoch++) {
      free.runEpoch();
      whole.runEpoch();
    }
    assertThat(flat(whole.parameters())).isEqualTo(flat(free.parameters()));
    double[] grids = ReferenceNetwork.flat(whole.parameters().grids());
    double[] weights = ReferenceNetwork.flat(whole.parameters().weights());
    whole.runEpoch();
    Trainer resumed = trainer(settings);
    resumed.resume(whole.state());
    for (int epoch = 3; epoch < EPOCHS; epoch++) {
      whole.runEpoch();
      resumed.runEpoch();
    }
    assertThat(ReferenceNetwork.flat(whole.parameters().grids())).isEqualTo(grids);
    assertThat(ReferenceNetwork.flat(whole.parameters().weights())).isNotEqualTo(weights);
    assertThat(flat(resumed.parameters())).isEqualTo(flat(whole.parameters()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aPartFrozenAtZeroStaysAtItsInitialisation(Optimizer optimizer) {
    Trainer grid = trainer(freezing(optimizer, 0, null));
    Trainer network = trainer(freezing(optimizer, null, 0));
    grid.runEpoch();
    network.runEpoch();
    assertThat(ReferenceNetwork.flat(grid.parameters().grids()))
        .isEqualTo(ReferenceNetwork.flat(initial.grids()));
    assertThat(ReferenceNetwork.flat(network.parameters().weights()))
        .isEqualTo(ReferenceNetwork.flat(initial.weights()));
    assertThat(ReferenceNetwork.flat(network.parameters().biases()))
        .isEqualTo(ReferenceNetwork.flat(initial.biases()));
    assertThat(ReferenceNetwork.flat(network.parameters().grids()))
        .isNotEqualTo(ReferenceNetwork.flat(initial.grids()));
  }

  @Test
  void refusesToFreezeAfterTheEnd() {
    assertThatThrownBy(() -> freezing(SGD, EPOCHS + 1, null))
        .hasMessageContaining("freeze-grid-at must be between 0 and 6, got 7");
  }

  @Test
  void refusesConstantsThatMakeNoSense() {
    assertThatThrownBy(() -> new Optimizer.Adam(1, 0.999, 1e-8))
        .hasMessage("beta1 must be from 0 and below 1, got 1.0");
    assertThatThrownBy(() -> new Optimizer.Momentum(-0.1))
        .hasMessage("momentum must be from 0 and below 1, got -0.1");
  }

  @Test
  void boundsTheRateOfDescentAndMomentumButNotOfAdam() {
    assertThat(limit(SGD)).hasValue(100);
    assertThat(limit(MOMENTUM).orElseThrow()).isCloseTo(190, within(1e-9));
    assertThat(limit(ADAM)).isEmpty();
  }

  private static java.util.OptionalDouble limit(Optimizer optimizer) {
    return TrainingSettings.of(optimizer, 1, Schedule.CONSTANT, 8, 1, 1).stabilityLimit(100);
  }
}
