package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Hashgrid;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.Method;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.Precision;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.ntk.Terms;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.training.TrainingSettings;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What theory says of kernels, on networks that have learnt a drawn picture. */
class TrainedKernelTest {
  private static final int LAST = 20;

  private static TrialResult train(
      Encoding encoding,
      NetworkSettings network,
      double rate,
      int points,
      Outputs outputs,
      Method method) {
    NtkSettings ntk =
        new NtkSettings(
            new SamplePoints(points, Pattern.LATTICE),
            List.of(Checkpoint.parse("init"), Checkpoint.parse("last")),
            outputs,
            Precision.DOUBLE,
            method,
            60,
            Terms.GROUPS,
            false);
    Trial trial =
        new Trial(
            new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, 64, 0, Coordinates.CENTERS),
            encoding,
            network,
            TrainingSettings.sgd(rate, 256, LAST, LAST),
            ntk,
            LinalgSettings.of(BlasChoice.AUTO),
            0,
            List.of());
    TrialResult result =
        new TrialRunner(
                new SignalFiles(new Configuration(false)),
                (id, name) -> OutputStream.nullOutputStream())
            .run(trial, 0);
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    return result;
  }

  private static NetworkSettings relu(int width) {
    return new NetworkSettings(2, width, Activation.RELU, Parameterization.WIDTH, true);
  }

  private static Multigrid multigrid(int resolution, Interpolation interpolation) {
    return new Multigrid(2, 2, resolution, 2, 0.01, interpolation);
  }

  private static Spectrum last(TrialResult result, String term) {
    return Objects.requireNonNull(Objects.requireNonNull(result.kernel()).last(term));
  }

  /** The paper's ablation on 32 × 32 points: the grid is what holds the smallest eigenvalue up. */
  @Test
  void withoutTheGridTermTheSmallestEigenvalueIsFourOrdersLower() {
    TrialResult result =
        train(
            multigrid(200, Interpolation.LINEAR), relu(128), 100, 1024, Outputs.MEAN, Method.GRAM);
    Spectrum total = last(result, "total");
    Spectrum mlp = last(result, "mlp");

    assertThat(Objects.requireNonNull(result.quality()).psnr()).isGreaterThan(20);
    assertThat(total.epoch()).isEqualTo(LAST);
    assertThat(total.resolved()).isTrue();
    assertThat(total.rank()).isEqualTo(1024);
    assertThat(mlp.lambdaMinUpper()).isLessThan(1e-4 * total.lambdaMinLower());
    assertThat(total.facts().schurBound())
        .isGreaterThan(0.1 * total.lambdaMinLower())
        .isLessThanOrEqualTo(total.lambdaMin());
    assertWeylAndSchur(result);
  }

  @ParameterizedTest
  @EnumSource(Outputs.class)
  void weylAndSchurHoldAfterTraining(Outputs outputs) {
    List<Encoding> encodings =
        List.of(
            multigrid(12, Interpolation.LINEAR),
            multigrid(21, Interpolation.SMOOTHSTEP),
            multigrid(40, Interpolation.CUBIC_B_SPLINE),
            multigrid(64, Interpolation.NEAREST),
            new Hashgrid(3, 2, 50, 2, 300, 0.01, Interpolation.LINEAR));
    for (int i = 0; i < encodings.size(); i++) {
      Activation activation = i % 2 == 0 ? Activation.RELU : Activation.TANH;
      NetworkSettings network =
          new NetworkSettings(1 + i % 3, 32, activation, Parameterization.WIDTH, i != 1);
      assertWeylAndSchur(train(encodings.get(i), network, 4, 64, outputs, Method.AUTO));
    }
  }

  /** λ_i(K_mlp) + λ_min(K_grid) ≤ λ_i(K) ≤ λ_i(K_mlp) + λ_max(K_grid) up to the floors, all i. */
  private static void assertWeylAndSchur(TrialResult result) {
    List<Spectrum> spectra = Objects.requireNonNull(result.kernel()).spectra();
    assertThat(spectra).hasSize(6);
    for (int at = 0; at < 6; at += 3) {
      Spectrum total = spectra.get(at);
      Spectrum mlp = spectra.get(at + 1);
      Spectrum grid = spectra.get(at + 2);
      double slack = Double.POSITIVE_INFINITY;
      for (int i = 0; i < total.eigenvalues().length; i++) {
        double above = total.eigenvalues()[i] - mlp.eigenvalues()[i];
        double wrong = error(total, i) + error(mlp, i);
        assertThat(above)
            .isBetween(
                grid.eigenvalues()[0] - wrong - error(grid, 0),
                grid.lambdaMax() + wrong + error(grid, grid.eigenvalues().length - 1));
        slack = Math.min(slack, above - grid.eigenvalues()[0]);
      }
      assertThat(total.facts().weylSlack()).isEqualTo(slack);
      assertThat(total.facts().schurBound()).isLessThanOrEqualTo(total.lambdaMinUpper());
      if (total.resolved()) {
        assertThat(total.facts().schurBound()).isLessThanOrEqualTo(total.lambdaMin());
      }
      for (Spectrum spectrum : List.of(total, mlp, grid)) {
        assertThat(spectrum.rank()).isLessThanOrEqualTo(spectrum.facts().predictedRank());
      }
    }
  }

  /** The most that rounding moves eigenvalue i: the floor, or what e = √floor does to σ². */
  private static double error(Spectrum spectrum, int i) {
    double floor = spectrum.floor();
    return spectrum.method().equals("gram")
        ? floor
        : 2 * Math.sqrt(floor * spectrum.eigenvalues()[i]) + floor;
  }
}
