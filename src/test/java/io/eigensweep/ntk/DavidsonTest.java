package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Upper bounds over all points against the spectrum of the whole kernel. */
class DavidsonTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);
  private static final AllPointsBound.Limits LIMITS = new AllPointsBound.Limits(60, 1.05, 1L << 30);
  private static final NetworkSettings NETWORK =
      new NetworkSettings(2, 64, Activation.RELU, Parameterization.WIDTH, true);

  private static Networks.Case of(Encoding encoding, Outputs outputs, int side) {
    Networks.Case one = Networks.lattice(NETWORK, encoding, side, 3, 3, BLAS);
    return new Networks.Case(
        one.network(), one.encoding(), one.parameters(), one.sample(), outputs, BLAS);
  }

  private static AllPoints all(Networks.Case one) {
    return new AllPoints(one.network(), one.parameters(), one.sample().points(), 2, one.outputs());
  }

  private static double smallest(Networks.Case one) {
    return SymmetricEigenvalues.of(KernelBuilder.build(one.factors(), BLAS).total(), BLAS)[0];
  }

  private static AllPointsBound improve(Networks.Case one, AllPointsBound.Limits limits) {
    double window = WindowBound.of(all(one), BLAS, () -> {});
    return Davidson.improve(all(one), window, "no band", limits, BLAS, () -> {});
  }

  static Stream<Networks.Case> cases() {
    Hashgrid hash = new Hashgrid(2, 2, 50, 2, 700, 0.3, Interpolation.LINEAR);
    return Stream.of(
        of(new Fourier(6), Outputs.MEAN, 36),
        of(Fourier.gaussian(16, 3), Outputs.SUM, 36),
        of(new Fourier(5), Outputs.FULL, 20),
        of(hash, Outputs.MEAN, 36));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("cases")
  void comesNearTheSmallestEigenvalueOfAllWhereWindowsDoNot(Networks.Case one) {
    double window = WindowBound.of(all(one), BLAS, () -> {});
    AllPointsBound found = improve(one, LIMITS);
    double smallest = smallest(one);
    assertThat(found.lower()).isZero();
    assertThat(found.upper()).isGreaterThanOrEqualTo(smallest * (1 - 1e-6)).isLessThan(window);
    assertThat(found.upper()).isLessThan(1.3 * smallest);
    assertThat(found.reason()).startsWith("no band; above by ").endsWith("vectors over all points");
  }

  /** What windows have proved to be singular needs no look at all points. */
  @Test
  void leavesASingularKernelToItsWindows() {
    AllPoints all = all(of(new Identity(), Outputs.MEAN, 36));
    AllPointsBound found = Davidson.improve(all, 1e-26, "no band", LIMITS, BLAS, () -> {});
    assertThat(found.upper()).isEqualTo(1e-26);
    assertThat(found.reason()).isEqualTo("no band");
    AllPointsBound other = Davidson.improve(all, 1, "no band", LIMITS, BLAS, () -> {});
    assertThat(other.upper()).isBetween(1e-26, 1e-12);
  }

  @Test
  void keepsToItsBudgetAndItsMemory() {
    Networks.Case one = of(new Fourier(6), Outputs.MEAN, 36);
    AllPoints all = all(one);
    double window = WindowBound.of(all, BLAS, () -> {});
    AllPointsBound whole = improve(one, LIMITS);
    AllPointsBound none = improve(one, new AllPointsBound.Limits(1e-3, 1.05, 1L << 30));
    assertThat(none.upper()).isEqualTo(window);
    DavidsonCost cost = DavidsonCost.of(all, LIMITS.bytes());
    double some = (cost.operations(2 * DavidsonCost.BLOCK) + 1) / 15e9;
    AllPointsBound early = improve(one, new AllPointsBound.Limits(some, 1.05, 1L << 30));
    assertThat(early.operations()).isLessThanOrEqualTo(cost.operations(2 * DavidsonCost.BLOCK));
    assertThat(early.upper()).isBetween(whole.upper(), window);
    AllPointsBound small = improve(one, new AllPointsBound.Limits(60, 1.05, 1 << 20));
    assertThat(small.upper()).isEqualTo(window);
    assertThat(cost.bytes(cost.columnsWithin(LIMITS.bytes()))).isLessThanOrEqualTo(LIMITS.bytes());
    assertThatThrownBy(() -> cost.require(cost.bytes(DavidsonCost.BLOCK) - 1))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("over all 1,296 rows need");
  }

  @Test
  void theCostIsKnownBeforeThePointsAre() {
    for (Networks.Case one : cases().toList()) {
      AllPoints all = all(one);
      AllPointsCost known =
          AllPointsCost.withoutBand(
              one.network(), one.encoding(), all.points().count(), 2, 3, one.outputs());
      assertThat(known).isEqualTo(AllPointsCost.withoutBand(all));
      JacobianProducts products =
          new JacobianProducts(
              all, List.of(0, 1).subList(0, all.points().levels().size()), BLAS, () -> {});
      assertThat(known.length())
          .isEqualTo(products.transposed(new DMatrixRMaj(all.rows(), 1)).length());
    }
  }

  /** One tile of all points is the kernel itself; several have each row once. */
  @Test
  void tilesSolveTheirOwnPart() {
    Networks.Case one = of(new Fourier(5), Outputs.FULL, 12);
    DMatrixRMaj kernel = KernelBuilder.build(one.factors(), BLAS).total();
    int rows = kernel.numRows;
    TileFactors whole = TileFactors.of(all(one), rows, BLAS, () -> {});
    DMatrixRMaj vectors = whole.smallest(4);
    assertThat(vectors.numCols).isOne();
    DMatrixRMaj image = new DMatrixRMaj(rows, 1);
    BLAS.multiply(1, kernel, false, vectors, 0, image);
    whole.solve(image);
    double square = 0;
    for (int i = 0; i < rows; i++) {
      assertThat(image.data[i]).isCloseTo(vectors.data[i], within(1e-3));
      square += vectors.data[i] * vectors.data[i];
    }
    assertThat(square).isCloseTo(1, within(1e-12));

    TileFactors parts = TileFactors.of(all(one), 100, BLAS, () -> {});
    DMatrixRMaj each = parts.smallest(1000);
    assertThat(each.numCols).isEqualTo(8); // 144 points, at most 33 a tile
    for (int row = 0; row < rows; row++) {
      int tiles = 0;
      for (int j = 0; j < each.numCols; j++) {
        tiles += each.get(row, j) == 0 ? 0 : 1;
      }
      assertThat(tiles).isOne();
    }
  }

  /** Nothing that is trained moves the outputs: the kernel is zero. */
  @Test
  void aKernelOfZerosIsItsOwnBound() {
    NetworkSettings network =
        new NetworkSettings(2, 8, Activation.RELU, Parameterization.WIDTH, false);
    Networks.Case one = Networks.lattice(network, new Fourier(5), 36, 3, 3, BLAS);
    for (DMatrixRMaj weights : one.parameters().weights()) {
      weights.fill(0);
    }
    AllPoints all = all(one);
    assertThat(Davidson.improve(all, 0, "no band", LIMITS, BLAS, () -> {}).upper()).isZero();
    assertThat(Davidson.improve(all, 1, "no band", LIMITS, BLAS, () -> {}).upper()).isZero();
  }

  @Test
  void stopsBetweenStages() {
    Networks.Case one = of(new Fourier(6), Outputs.MEAN, 36);
    int[] stages = {0};
    AllPointsBound unused =
        Davidson.improve(all(one), 1, "no band", LIMITS, BLAS, () -> stages[0]++);
    for (int last = 0; last < stages[0]; last += 5) {
      int[] left = {last};
      Runnable stop =
          () -> {
            if (left[0]-- == 0) {
              throw new IllegalStateException("stopped");
            }
          };
      assertThatThrownBy(() -> Davidson.improve(all(one), 1, "no band", LIMITS, BLAS, stop))
          .hasMessage("stopped");
    }
  }
}
