package io.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.RandomStream;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceNetworkTest {
  private static final double STEP = 1e-6;

  static List<Golden> goldens() {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void gradientEqualsFiniteDifferencesAtInitAndAfterSteps(Golden golden) {
    ReferenceNetwork reference = new ReferenceNetwork(golden.network(), golden.points());
    double[] targets = golden.flat("targets");
    int[] rows = IntStream.range(0, golden.points().count()).toArray();
    Parameters parameters = ReferenceNetwork.copy(golden.parameters());
    double rate = golden.json().get("training").get("learning_rate").asDouble();
    assertGradient(reference, parameters, targets, rows);
    for (int step = 0; step < 3; step++) {
      reference.descend(parameters, targets, rows, rate);
    }
    assertGradient(reference, parameters, targets, rows);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void gradientEqualsFiniteDifferencesForEveryActivation(Activation activation) {
    assertGradient(activation, Interpolation.LINEAR);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void gradientEqualsFiniteDifferencesForEveryInterpolation(Interpolation interpolation) {
    assertGradient(Activation.TANH, interpolation);
  }

  private static void assertGradient(Activation activation, Interpolation interpolation) {
    NetworkSettings network = new NetworkSettings(2, 8, activation, Parameterization.WIDTH, true);
    Multigrid encoding = new Multigrid(2, 2, 3, 2, 0.5, interpolation);
    RandomStream random = RandomStream.of("test", 2);
    double[] coordinates = DoubleStream.generate(random::nextDouble).limit(14).toArray();
    double[] targets = DoubleStream.generate(random::nextDouble).limit(14).toArray();
    ReferenceNetwork reference =
        new ReferenceNetwork(network, Encoder.encode(encoding, coordinates, 2, 0));
    Parameters parameters = Parameters.initial(network, encoding, 2, 2, 1);
    int[] rows = IntStream.range(0, 7).toArray();
    assertGradient(reference, parameters, targets, rows);
    reference.descend(parameters, targets, rows, activation == Activation.SINE ? 0.01 : 1);
    assertGradient(reference, parameters, targets, rows);
  }

  private static void assertGradient(
      ReferenceNetwork reference, Parameters parameters, double[] targets, int[] rows) {
    Parameters gradient = reference.gradient(parameters, targets, rows);
    double scale =
        IntStream.range(0, 3)
            .mapToObj(part -> ReferenceNetwork.flat(part(gradient, part)))
            .flatMapToDouble(java.util.Arrays::stream)
            .map(Math::abs)
            .max()
            .orElseThrow();
    for (int part = 0; part < 3; part++) {
      for (int m = 0; m < part(parameters, part).size(); m++) {
        DMatrixRMaj matrix = part(parameters, part).get(m);
        for (int i = 0; i < matrix.getNumElements(); i += 3) {
          double saved = matrix.data[i];
          matrix.data[i] = saved + STEP;
          double up = reference.loss(parameters, targets, rows);
          matrix.data[i] = saved - STEP;
          double down = reference.loss(parameters, targets, rows);
          matrix.data[i] = saved;
          assertThat((up - down) / (2 * STEP))
              .as("part %d matrix %d entry %d", part, m, i)
              .isCloseTo(part(gradient, part).get(m).data[i], within(1e-4 * scale));
        }
      }
    }
  }

  private static List<DMatrixRMaj> part(Parameters parameters, int part) {
    return switch (part) {
      case 0 -> parameters.weights();
      case 1 -> parameters.biases();
      default -> parameters.grids();
    };
  }
}
