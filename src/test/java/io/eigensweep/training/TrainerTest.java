package io.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.Activation;
import io.eigensweep.network.Golden;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.network.ReferenceNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
  static List<Golden> goldens() {
    return Golden.all();
  }

  private static double rate(Golden golden) {
    return golden.json().get("training").get("learning_rate").asDouble();
  }

  private static Trainer trainer(Golden golden, BlasChoice choice, int epochs, double rate) {
    return trainer(golden, golden.parameters(), choice, epochs, rate);
  }

  private static Trainer trainer(
      Golden golden, Parameters initial, BlasChoice choice, int epochs, double rate) {
    double[] targets = golden.flat("targets");
    float[] rounded = new float[targets.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) targets[i];
    }
    return new Trainer(
        TrainingSettings.sgd(rate, 4, epochs, 1),
        golden.network(),
        initial,
        new Samples(golden.points(), golden.channels(), rounded),
        3,
        Blas.of(choice));
  }

  private static final int[] SEEDS = {1, 2, 3, 4, 5, 6, 7, 8};

  /** PyTorch's training in float64 is the reference's. */
  @ParameterizedTest
  @MethodSource("goldens")
  void theReferenceTrainsAsPyTorch(Golden golden) {
    ReferenceNetwork reference = new ReferenceNetwork(golden.network(), golden.points());
    Parameters parameters = ReferenceNetwork.copy(golden.parameters());
    double[] targets = golden.flat("targets");
    double[] losses = Golden.flat(golden.json().get("training").get("losses"));
    for (int step = 0; step < losses.length; step++) {
      int[] batch = batch(golden, step);
      assertThat(reference.loss(parameters, targets, batch))
          .isCloseTo(losses[step], within(1e-9 * losses[0]));
      reference.descend(parameters, targets, batch, rate(golden));
    }
    Parameters expected = golden.parametersAfter();
    assertClose(parameters.weights(), expected.weights());
    assertClose(parameters.biases(), expected.biases());
    assertClose(parameters.grids(), expected.grids());
  }

  private static void assertClose(
      List<org.ejml.data.DMatrixRMaj> actual, List<org.ejml.data.DMatrixRMaj> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(ReferenceNetwork.flat(actual))
        .containsExactly(ReferenceNetwork.flat(expected), within(1e-9));
  }

  /** The golden training takes 4 samples a step in their order, wrapping at the end. */
  private static int[] batch(Golden golden, int step) {
    int n = golden.points().count();
    return IntStream.range(0, 4).map(i -> (step * 4 + i) % n).toArray();
  }

  /** From PyTorch's initial numbers and from those of other seeds. */
  @ParameterizedTest
  @MethodSource("goldens")
  void matchesPyTorchTraining(Golden golden) {
    for (BlasChoice choice : BlasChoice.values()) {
      assertDescends(golden, golden.parameters(), choice, rate(golden));
      for (int seed : SEEDS) {
        assertDescends(golden, initial(golden, seed), choice, rate(golden));
      }
    }
  }

  private static void assertDescends(
      Golden golden, Parameters initial, BlasChoice choice, double rate) {
    Trainer trainer = trainer(golden, initial, choice, 3, rate);
    RoundedDescent descent = descent(golden, initial, rate);
    for (int step = 0; step < 9; step++) {
      int[] batch = batch(golden, step);
      descent.step(batch, trainer.step(batch, 0, batch.length));
    }
    descent.assertEndsAt(trainer.parameters());
  }

  private static Parameters initial(Golden golden, int seed) {
    return Parameters.initial(
        golden.network(), golden.encoding(), golden.dimensions(), golden.channels(), seed);
  }

  private static RoundedDescent descent(Golden golden, Parameters initial, double rate) {
    return new RoundedDescent(
        new ReferenceNetwork(golden.network(), golden.points()),
        initial,
        golden.flat("targets"),
        rate,
        Math.max(golden.network().width(), golden.points().encodedDimension()));
  }

  /** Remainder batches, another order; sine at a tenth, where rounding hardly grows. */
  @ParameterizedTest
  @MethodSource("goldens")
  void stepsEqualTheReferenceWithRemainderBatches(Golden golden) {
    double rate = golden.name().startsWith("sine") ? 0.1 * rate(golden) : rate(golden);
    for (int seed : SEEDS) {
      Parameters initial = initial(golden, seed);
      Trainer trainer = trainer(golden, initial, BlasChoice.AUTO, 3, rate);
      RoundedDescent descent = descent(golden, initial, rate);
      for (int[] batch : new int[][] {{11, 3}, {5, 0, 7}, {2}, {1, 4, 6, 8}}) {
        descent.step(batch, trainer.step(batch, 0, batch.length));
      }
      descent.assertEndsAt(trainer.parameters());
    }
  }

  /** 400 samples go through the network in two chunks. */
  @Test
  void batchesOfSeveralChunksAreOneStepOfTheReference() {
    assertStepsOfTheReference(new Multigrid(2, 3, 12, 2, 0.5, Interpolation.LINEAR));
  }

  @Test
  void collidingNodesLearnAsOne() {
    assertStepsOfTheReference(new Hashgrid(2, 3, 12, 2, 20, 0.5, Interpolation.LINEAR));
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void everyInterpolationLearnsAsTheReference(Interpolation interpolation) {
    assertStepsOfTheReference(
        new Multigrid(2, 2, 12, 2, 0.5, interpolation), Activation.RELU, 24, 20);
  }

  /** sine's gradient is 30 times as large, and softplus' outputs add up, being positive. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyActivationLearnsAsTheReference(Activation activation) {
    double rate = activation == Activation.SINE ? 0.05 : 1;
    assertStepsOfTheReference(
        new Multigrid(2, 2, 12, 2, 0.5, Interpolation.LINEAR), activation, 24, rate);
  }

  private static void assertStepsOfTheReference(Encoding encoding) {
    assertStepsOfTheReference(encoding, Activation.RELU, 100, 20);
  }

  private static void assertStepsOfTheReference(
      Encoding encoding, Activation activation, int width, double rate) {
    NetworkSettings network =
        new NetworkSettings(2, width, activation, Parameterization.WIDTH, true);
    int n = 400;
    RandomStream random = RandomStream.of("test", 1);
    double[] coordinates = new double[2 * n];
    Arrays.setAll(coordinates, i -> random.nextDouble());
    EncodedPoints points = Encoder.encode(encoding, coordinates, 2, 0);
    float[] targets = new float[2 * n];
    double[] sameTargets = new double[2 * n];
    int[] order = new int[n];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextDouble();
      sameTargets[i] = targets[i];
      order[i / 2] = (i / 2 * 7 + 3) % n;
    }
    Parameters initial = Parameters.initial(network, encoding, 2, 2, 5);
    Trainer trainer =
        new Trainer(
            TrainingSettings.sgd(rate, n, 2, 1),
            network,
            initial,
            new Samples(points, 2, targets),
            0,
            Blas.of(BlasChoice.AUTO));
    RoundedDescent descent =
        new RoundedDescent(
            new ReferenceNetwork(network, points),
            initial,
            sameTargets,
            rate,
            Math.max(n, Math.max(width, points.encodedDimension())));
    for (int step = 0; step < 2; step++) {
      descent.step(order, trainer.step(order, 0, n));
    }
    descent.assertEndsAt(trainer.parameters());
    assertThat(ReferenceNetwork.flat(initial.grids()))
        .isNotEqualTo(ReferenceNetwork.flat(trainer.parameters().grids()));
  }

  @Test
  void repeatsBitForBit() {
    Golden golden = Golden.all().get(2);
    Trainer first = trainer(golden, BlasChoice.AUTO, 5, rate(golden));
    Trainer second = trainer(golden, BlasChoice.AUTO, 5, rate(golden));
    for (int epoch = 0; epoch < 5; epoch++) {
      first.runEpoch();
      second.runEpoch();
    }
    assertThat(first.outputs()).isEqualTo(second.outputs());
    assertThat(first.curve().get(5).loss()).isEqualTo(second.curve().get(5).loss());
    assertThat(first.curve()).hasSize(6);
  }

  @Test
  void saysWhenTheLossExplodes() {
    Golden golden = Golden.all().get(0);
    Trainer trainer =
        new Trainer(
            TrainingSettings.sgd(1e9, 4, 50, 1),
            golden.network(),
            golden.parameters(),
            new Samples(golden.points(), 3, new float[36]),
            0,
            Blas.of(BlasChoice.AUTO));
    while (!trainer.diverged() && trainer.epoch() < 50) {
      trainer.runEpoch();
    }
    assertThat(trainer.diverged()).isTrue();
    assertThat(trainer.epoch()).isLessThan(10);
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void goesOnFromASavedStateWithTheSameBits(Golden golden) {
    Trainer whole = trainer(golden, BlasChoice.AUTO, 5, 0.1 * rate(golden));
    Trainer first = trainer(golden, BlasChoice.AUTO, 5, 0.1 * rate(golden));
    for (int epoch = 0; epoch < 5; epoch++) {
      whole.runEpoch();
    }
    for (int epoch = 0; epoch < 2; epoch++) {
      first.runEpoch();
    }
    Trainer second = trainer(golden, BlasChoice.AUTO, 5, 0.1 * rate(golden));
    second.resume(first.state());
    first.runEpoch();
    assertThat(second.epoch()).isEqualTo(2);
    while (second.epoch() < 5) {
      second.runEpoch();
    }

    assertThat(second.outputs()).isEqualTo(whole.outputs());
    assertThat(losses(second)).isEqualTo(losses(whole)).hasSize(6);
  }

  private static List<String> losses(Trainer trainer) {
    return trainer.curve().stream()
        .map(point -> point.epoch() + " " + point.loss() + " " + point.psnr())
        .toList();
  }
}
