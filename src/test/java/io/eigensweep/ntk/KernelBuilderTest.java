package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.Golden;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.network.ReferenceNetwork;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelBuilderTest {
  private static final List<Parameterization> PARAMETERIZATIONS =
      List.of(Parameterization.values());

  static List<Golden> goldens() {
    return Golden.all();
  }

  private static Kernel kernel(Golden golden, Outputs outputs, BlasChoice choice) {
    Blas blas = Blas.of(choice);
    ForwardPass pass = ForwardPass.of(golden.network(), golden.parameters(), golden.points(), blas);
    return KernelBuilder.build(pass, outputs, blas);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void matchesPyTorchKernelsAndTheirTerms(Golden golden) {
    for (BlasChoice choice : BlasChoice.values()) {
      Kernel mean = kernel(golden, Outputs.MEAN, choice);
      double[] expected = golden.flat("ntk_mean");
      double tolerance = 1e-10 * largest(expected);
      assertThat(mean.total().data).containsExactly(expected, within(tolerance));
      assertThat(mean.mlp().data).containsExactly(golden.flat("ntk_mean_mlp"), within(tolerance));
      double[] grid = mean.grid() == null ? new double[expected.length] : mean.grid().data;
      assertThat(grid).containsExactly(golden.flat("ntk_mean_grid"), within(tolerance));

      double[] full = golden.flat("ntk_full");
      assertThat(kernel(golden, Outputs.FULL, choice).total().data)
          .containsExactly(full, within(1e-10 * largest(full)));

      double[] sum = kernel(golden, Outputs.SUM, choice).total().data;
      for (int i = 0; i < sum.length; i++) {
        assertThat(sum[i] / golden.channels()).isCloseTo(expected[i], within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void matchesPyTorchEigenvalues(Golden golden) {
    for (BlasChoice choice : BlasChoice.values()) {
      Kernel kernel = kernel(golden, Outputs.MEAN, choice);
      double[] expected = golden.flat("eigenvalues_mean");
      Spectrum spectrum =
          SpectrumBuilder.gram(0, "total", kernel.total(), kernel.products(), Blas.of(choice));
      Arrays.sort(expected);
      double largest = expected[expected.length - 1];
      assertThat(spectrum.eigenvalues()).containsExactly(expected, within(1e-10 * largest));
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void matrixFreeLargestEigenvalueMatchesPyTorch(Golden golden) {
    Blas blas = Blas.of(BlasChoice.AUTO);
    ForwardPass pass = ForwardPass.of(golden.network(), golden.parameters(), golden.points(), blas);
    KernelOperator operator = new KernelOperator(pass, blas);
    double[] start = new double[operator.size()];
    Arrays.fill(start, 1);
    start[0] = 2;
    double expected = golden.json().get("ntk_full_lambda_max").asDouble();
    assertThat(Lanczos.largestEigenvalue(operator::times, start))
        .isCloseTo(expected, within(1e-6 * expected));
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void termsEqualAnExplicitJacobianForEveryInterpolation(Interpolation interpolation) {
    for (int trial = 0; trial < 4; trial++) {
      assertTermsEqualAnExplicitJacobian(
          new Multigrid(3, 2, 9, 2, 0.5, interpolation), 2 + trial % 2, trial);
    }
  }

  /** Fixed features have no term of their own: the first layer's holds them. */
  @Test
  void termsEqualAnExplicitJacobianBehindFourierFeatures() {
    for (int trial = 0; trial < 4; trial++) {
      assertTermsEqualAnExplicitJacobian(new Fourier(3), 2 + trial % 2, trial);
      assertTermsEqualAnExplicitJacobian(Fourier.gaussian(3, 2), 2 + trial % 2, trial);
    }
  }

  /** Nodes of one point, and of different points, share entries: w holds the sums of weights. */
  @Test
  void termsEqualAnExplicitJacobianWhereNodesCollide() {
    for (int trial = 0; trial < 4; trial++) {
      assertTermsEqualAnExplicitJacobian(
          new Hashgrid(3, 2, 9, 2, 7, 0.5, Interpolation.LINEAR), 2 + trial % 2, trial);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void termsEqualAnExplicitJacobianForEveryActivation(Activation activation) {
    for (int trial = 0; trial < 3; trial++) {
      assertTermsEqualAnExplicitJacobian(
          new Multigrid(2, 2, 5, 2, 0.5, Interpolation.LINEAR), 2, trial, activation);
    }
  }

  private static void assertTermsEqualAnExplicitJacobian(Encoding encoding, int d, int trial) {
    assertTermsEqualAnExplicitJacobian(encoding, d, trial, Activation.TANH);
  }

  private static void assertTermsEqualAnExplicitJacobian(
      Encoding encoding, int d, int trial, Activation activation) {
    boolean bias = trial % 2 == 0;
    NetworkSettings network =
        new NetworkSettings(1 + trial, 7, activation, PARAMETERIZATIONS.get(trial % 3), bias);
    RandomStream random = RandomStream.of("test", trial);
    double[] coordinates = new double[d * 15];
    Arrays.setAll(coordinates, i -> random.nextDouble());
    EncodedPoints points = Encoder.encode(encoding, coordinates, d, trial);
    Parameters parameters = Parameters.initial(network, encoding, d, 3, trial);
    Blas blas = Blas.of(BlasChoice.AUTO);
    Kernel kernel =
        KernelBuilder.build(ForwardPass.of(network, parameters, points, blas), Outputs.FULL, blas);
    ReferenceNetwork reference = new ReferenceNetwork(network, points);
    DMatrixRMaj grid = kernel.grid();
    assertThat(grid == null).isEqualTo(parameters.grids().isEmpty());
    double scale = largest(kernel.total().data);
    for (int row = 0; row < 45; row++) {
      Parameters left = reference.jacobianRow(parameters, row / 3, row % 3);
      for (int column = 0; column < 45; column++) {
        Parameters right = reference.jacobianRow(parameters, column / 3, column % 3);
        double mlp = dot(left.weights(), right.weights()) + dot(left.biases(), right.biases());
        assertThat(kernel.mlp().get(row, column)).isCloseTo(mlp, within(1e-12 * scale));
        assertThat(grid == null ? 0 : grid.get(row, column))
            .isCloseTo(dot(left.grids(), right.grids()), within(1e-12 * scale));
      }
    }
  }

  private static double dot(List<DMatrixRMaj> left, List<DMatrixRMaj> right) {
    double[] a = ReferenceNetwork.flat(left);
    double[] b = ReferenceNetwork.flat(right);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void kernelsLargerThanOnePanelAreSymmetricAndFollowPermutations() {
    Multigrid encoding = new Multigrid(2, 2, 20, 2, 0.1, Interpolation.LINEAR);
    NetworkSettings network =
        new NetworkSettings(2, 300, Activation.RELU, Parameterization.WIDTH, true);
    RandomStream random = RandomStream.of("test", 9);
    int n = 700;
    double[] coordinates = new double[2 * n];
    Arrays.setAll(coordinates, i -> random.nextDouble());
    EncodedPoints points = Encoder.encode(encoding, coordinates, 2, 4);
    Parameters parameters = Parameters.initial(network, encoding, 2, 3, 4);
    Blas blas = Blas.of(BlasChoice.AUTO);
    int[] order = new int[n];
    Arrays.setAll(order, i -> (i * 3 + 1) % n);
    DMatrixRMaj straight =
        KernelBuilder.build(ForwardPass.of(network, parameters, points, blas), Outputs.MEAN, blas)
            .total();
    DMatrixRMaj permuted =
        KernelBuilder.build(
                ForwardPass.of(network, parameters, points.select(order), blas), Outputs.MEAN, blas)
            .total();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(straight.get(i, j)).isEqualTo(straight.get(j, i));
        assertThat(permuted.get(i, j))
            .isCloseTo(straight.get(order[i], order[j]), within(1e-12 * straight.get(0, 0)));
      }
    }
  }
}
