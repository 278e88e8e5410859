package io.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trainer and plain EJML take the same steps, in chunks, blocks and remainders of both. */
class EjmlTrainingTest {
  private static final int SAMPLES = 700;
  private static final int BATCH = 300;
  private static final double RATE = 5;

  static Stream<Arguments> trainings() {
    List<Encoding> encodings =
        List.of(
            new Identity(), new Fourier(8), new Multigrid(2, 2, 8, 2, 0.01, Interpolation.LINEAR));
    return encodings.stream()
        .flatMap(encoding -> Stream.of(30, 160).map(width -> Arguments.of(encoding, width)));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void trainerTakesTheStepsOfPlainEjml(Encoding encoding, int width) {
    NetworkSettings network =
        new NetworkSettings(2, width, Activation.RELU, Parameterization.WIDTH, true);
    RandomStream random = RandomStream.of("test", 2);
    double[] coordinates = new double[2 * SAMPLES];
    Arrays.setAll(coordinates, i -> random.nextDouble());
    float[] targets = new float[3 * SAMPLES];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextDouble();
    }
    Samples samples = new Samples(Encoder.encode(encoding, coordinates, 2, 0), 3, targets);
    Parameters initial = Parameters.initial(network, encoding, 2, 3, 1);
    List<float[]> before = numbers(initial);
    EjmlTraining plain = new EjmlTraining(network, initial, samples, BATCH, RATE, 1);
    for (int epoch = 0; epoch < 2; epoch++) {
      plain.runEpoch();
    }
    for (BlasChoice library : BlasChoice.values()) {
      Trainer trainer =
          new Trainer(
              TrainingSettings.sgd(RATE, BATCH, 2, 1),
              network,
              initial,
              samples,
              1,
              Blas.of(library));
      trainer.runEpoch();
      trainer.runEpoch();
      List<float[]> actual = numbers(trainer.parameters());
      for (int i = 0; i < actual.size(); i++) {
        assertSameSteps(actual.get(i), plain.numbers().get(i), before.get(i));
      }
    }
  }

  /** Differences are rounding, small beside what the training changed. */
  private static void assertSameSteps(float[] actual, float[] expected, float[] before) {
    assertThat(actual).hasSameSizeAs(expected);
    double change = 0;
    for (int i = 0; i < actual.length; i++) {
      change = Math.max(change, Math.abs(expected[i] - before[i]));
    }
    assertThat(change).isGreaterThan(1e-3);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-3 * change));
    }
  }

  private static List<float[]> numbers(Parameters parameters) {
    return Stream.of(parameters.weights(), parameters.biases(), parameters.grids())
        .flatMap(List::stream)
        .map(EjmlTrainingTest::single)
        .toList();
  }

  private static float[] single(DMatrixRMaj matrix) {
    float[] rounded = new float[matrix.getNumElements()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) matrix.data[i];
    }
    return rounded;
  }
}
