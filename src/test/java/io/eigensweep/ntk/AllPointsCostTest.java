package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.PixelGrid;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllPointsCostTest {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(2, 256, Activation.RELU, Parameterization.WIDTH, true);

  private static AllPointsCost cost(Multigrid grid, int side, Outputs outputs, long bytes) {
    return Objects.requireNonNull(
        AllPointsCost.ofPicture(NETWORK, grid, side, side, 3, outputs, bytes));
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void knowsTheBandBeforeThePoints(Interpolation interpolation) {
    for (int resolution : new int[] {9, 20, 30, 47}) {
      for (int width : new int[] {24, 31}) {
        Multigrid grid = new Multigrid(2, 2, resolution, 2, 0.01, interpolation);
        double[] x = PixelGrid.coordinates(width, 27, Coordinates.CENTERS);
        EncodedPoints points = Encoder.encode(grid, x, 2, 0);
        Parameters parameters = Parameters.initial(NETWORK, grid, 2, 3, 0);
        long actual =
            GridBand.order(new AllPoints(NETWORK, parameters, points, 2, Outputs.MEAN))
                .bandwidth(2, 1);
        AllPointsCost known =
            Objects.requireNonNull(
                AllPointsCost.ofPicture(NETWORK, grid, width, 27, 3, Outputs.MEAN, Long.MAX_VALUE));
        // Pixels whose distance is just too long may not occur.
        assertThat(known.bandwidth()).isBetween(actual, actual + Math.min(width, 27) + 1L);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Outputs.class)
  void knowsTheLengthOfADirection(Outputs outputs) {
    Blas blas = Blas.of(BlasChoice.AUTO);
    Multigrid grid = new Multigrid(2, 2, 12, 2, 0.01, Interpolation.LINEAR);
    for (boolean bias : new boolean[] {true, false}) {
      for (int hidden = 1; hidden < 4; hidden++) {
        NetworkSettings network =
            new NetworkSettings(hidden, 9, Activation.TANH, Parameterization.FAN_IN, bias);
        EncodedPoints points =
            Encoder.encode(grid, PixelGrid.coordinates(8, 8, Coordinates.CENTERS), 2, 0);
        Parameters parameters = Parameters.initial(network, grid, 2, 3, 0);
        AllPoints all = new AllPoints(network, parameters, points, 2, outputs);
        JacobianProducts products = new JacobianProducts(all, List.of(0), blas, () -> {});
        Directions one = products.transposed(new DMatrixRMaj(all.rows(), 1));
        AllPointsCost cost = AllPointsCost.of(network, 3, outputs, 64, 6, 8, 20, 7 * 7 * 2);
        assertThat(cost.length()).isEqualTo(one.length());
        assertThat(cost.rows()).isEqualTo(all.rows());
      }
    }
  }

  /** 256 × 256 pixels stay below 2 GiB with 100 columns, and 15 in 5 minutes of 15 GFLOP/s. */
  @Test
  void picturesOf256PixelsFit() {
    for (int resolution : new int[] {200, 400}) {
      Multigrid grid = new Multigrid(2, 2, resolution, 2, 0.01, Interpolation.LINEAR);
      AllPointsCost cost = cost(grid, 256, Outputs.MEAN, 2L << 30);
      assertThat(cost.bandwidth()).isEqualTo(resolution == 200 ? 1285 : 514);
      assertThat(cost.bytes(100)).isLessThan(2L << 30);
      assertThat(cost.operations(15)).isLessThan(300 * 15e9);
    }
  }

  @Test
  void lessMemoryLeavesLevelsOut() {
    Multigrid grid = new Multigrid(4, 2, 200, 2, 0.01, Interpolation.LINEAR);
    AllPointsCost whole = cost(grid, 256, Outputs.MEAN, Long.MAX_VALUE);
    AllPointsCost less = cost(grid, 256, Outputs.MEAN, 2L << 30);
    assertThat(less.bandwidth()).isLessThan(whole.bandwidth());
    assertThat(less.length()).isGreaterThan(whole.length());
    assertThat(less.fits(2L << 30)).isTrue();
    assertThat(whole.fits(2L << 30)).isFalse();
    assertThat(AllPointsCost.ofPicture(NETWORK, grid, 256, 256, 3, Outputs.FULL, 1L << 30))
        .isNull();
    Hashgrid colliding = new Hashgrid(2, 2, 200, 2, 4096, 0.01, Interpolation.LINEAR);
    assertThat(
            AllPointsCost.ofPicture(NETWORK, colliding, 256, 256, 3, Outputs.MEAN, Long.MAX_VALUE))
        .isNull();
  }

  @Test
  void columnsFillTheMemory() {
    Multigrid grid = new Multigrid(2, 2, 200, 2, 0.01, Interpolation.LINEAR);
    AllPointsCost cost = cost(grid, 256, Outputs.MEAN, 2L << 30);
    int most = cost.columnsWithin(2L << 30);
    assertThat(cost.bytes(most)).isLessThanOrEqualTo(2L << 30);
    assertThat(cost.bytes(most + 1)).isGreaterThan(2L << 30);
    assertThatThrownBy(() -> cost.require(cost.bytes(AllPointsCost.MOST) - 1))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("over all 65,536 rows need");
  }
}
