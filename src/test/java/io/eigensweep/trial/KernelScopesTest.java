package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.KernelPoints;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.Method;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.Precision;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.ntk.Scope;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.ntk.Terms;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.TrainingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/**
 * Networks trained on the spot: what the scopes of a row say of the kernel over all training
 * points, beside its whole matrix.
 */
class KernelScopesTest {
  private static final int SIDE = 32;

  private static Encoding grid(int resolution) {
    return new Multigrid(2, 2, resolution, 2, 0.01, Interpolation.LINEAR);
  }

  private static Trial trial(Encoding encoding, SamplePoints points, int side, long seed) {
    return new Trial(
        new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, side, 0, Coordinates.CENTERS),
        encoding,
        new NetworkSettings(2, 64, Activation.RELU, Parameterization.WIDTH, true),
        TrainingSettings.sgd(encoding instanceof Fourier ? 20 : 100, 256, 60, 60),
        new NtkSettings(
            points,
            List.of(Checkpoint.parse("init"), Checkpoint.parse("last")),
            Outputs.MEAN,
            Precision.DOUBLE,
            Method.GRAM,
            60,
            Terms.GROUPS,
            true),
        LinalgSettings.of(BlasChoice.AUTO),
        seed,
        List.of());
  }

  private static KernelSummary kernel(Trial trial) {
    TrialResult result =
        new TrialRunner(
                new SignalFiles(new Configuration(false)),
                (id, name) -> OutputStream.nullOutputStream())
            .run(trial, 0);
    assertThat(result.outcome().status()).isEqualTo(Status.SUCCEEDED);
    return Objects.requireNonNull(result.kernel());
  }

  private static Spectrum last(KernelSummary kernel, Scope scope) {
    return Objects.requireNonNull(kernel.last("total", scope));
  }

  @Test
  void everyScopeBoundsTheWholeKernelAndWindowsComeCloserThanALattice() {
    int compared = 0;
    for (int resolution : List.of(12, 25, 50)) {
      Encoding encoding = grid(resolution);
      // A window of all pixels: the whole matrix.
      Spectrum whole =
          last(
              kernel(trial(encoding, new SamplePoints(SIDE * SIDE, Pattern.PATCH), SIDE, 0)),
              Scope.WINDOW);
      assertThat(whole.points()).isEqualTo(SIDE * SIDE);
      KernelSummary all = kernel(trial(encoding, new SamplePoints(256, Pattern.ALL), SIDE, 0));
      Spectrum training = last(all, Scope.TRAINING);
      Spectrum window = last(all, Scope.WINDOW);
      Spectrum sample = last(all, Scope.SAMPLE);

      assertThat(training.points()).isEqualTo(SIDE * SIDE);
      assertThat(training.lambdaMinLower()).isLessThanOrEqualTo(whole.lambdaMinUpper());
      assertThat(training.lambdaMinUpper()).isGreaterThanOrEqualTo(whole.lambdaMinLower());
      assertThat(window.lambdaMinUpper()).isGreaterThanOrEqualTo(whole.lambdaMinLower());
      assertThat(sample.lambdaMinUpper()).isGreaterThanOrEqualTo(whole.lambdaMinLower());
      assertThat(all.trainingBounds())
          .isEqualTo(
              new KernelSummary.Bounds(
                  training.lambdaMinLower(),
                  Math.min(training.lambdaMinUpper(), window.lambdaMinUpper())));
      if (whole.lambdaMinLower() > 0) {
        assertThat(training.method()).isEqualTo("split");
        assertThat(training.upperFrom()).startsWith("split, ");
        assertThat(training.lambdaMinUpper()).isLessThanOrEqualTo(1.05 * training.lambdaMinLower());
        assertThat(window.lambdaMinUpper()).isLessThan(sample.lambdaMinLower());
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void anEncodingWithoutAGridHasTheWholeMatrixWhereThatIsAffordable() {
    KernelSummary kernel =
        kernel(trial(new Fourier(3), new SamplePoints(64, Pattern.ALL), SIDE, 0));
    Spectrum training = last(kernel, Scope.TRAINING);
    assertThat(training.method()).isEqualTo("gram");
    assertThat(training.eigenvalues()).hasSize(SIDE * SIDE);
    assertThat(training.lambdaMinLower())
        .isLessThanOrEqualTo(last(kernel, Scope.WINDOW).lambdaMinUpper());
  }

  @Test
  void aBudgetThatIsTooSmallLeavesTheUpperBoundOfAWindow() {
    KernelSummary kernel =
        kernel(trial(new Fourier(3), new SamplePoints(64, Pattern.ALL, 4, 1e-3), SIDE, 0));
    Spectrum training = last(kernel, Scope.TRAINING);
    assertThat(training.eigenvalues()).isEmpty();
    assertThat(training.lambdaMinLower()).isZero();
    assertThat(training.lambdaMinUpper())
        .isLessThanOrEqualTo(last(kernel, Scope.WINDOW).lambdaMinUpper());
    assertThat(training.upperFrom()).contains("no grid");
  }

  @Test
  void theWindowThatCountsIsTheSmallest() throws IOException {
    Trial trial = trial(grid(32), new SamplePoints(64, Pattern.PATCH, 4, null), SIDE, 3);
    double counted = last(kernel(trial), Scope.WINDOW).lambdaMinLower();
    List<Double> each = new ArrayList<>();
    for (int windows = 1; windows <= 4; windows++) {
      Trial fewer = trial(grid(32), new SamplePoints(64, Pattern.PATCH, windows, null), SIDE, 3);
      each.add(last(kernel(fewer), Scope.WINDOW).lambdaMinUpper());
    }
    // Four windows of a grid of 2 × 2 cells; 2 and 3 are the first of them.
    assertThat(counted).isLessThanOrEqualTo(Math.min(each.get(1), each.get(2)));
    assertThat(counted).isLessThanOrEqualTo(each.get(3));
    List<String> places = new ArrayList<>();
    for (long seed = 3; seed < 8; seed++) {
      Trial other = trial(grid(32), new SamplePoints(64, Pattern.PATCH, 4, null), SIDE, seed);
      places.add(String.valueOf(last(kernel(other), Scope.WINDOW).place()));
    }
    assertThat(places)
        .as("that the first is not always taken")
        .anyMatch(at -> !at.startsWith("1 "));
  }

  @Test
  void windowsAreNeighboursSpreadOverThePicture() throws IOException {
    Trial trial = trial(new Fourier(2), new SamplePoints(100, Pattern.PATCH), 64, 5);
    KernelPoints points = points(trial);
    assertThat(points.windows()).hasSize(9);
    Set<String> thirds = new HashSet<>();
    for (KernelPoints.Window window : points.windows()) {
      int first = window.chosen()[0];
      assertThat(window.side()).isEqualTo(10);
      assertThat(window.place()).endsWith("from pixel (" + first % 64 + ", " + first / 64 + ")");
      for (int i = 0; i < 100; i++) {
        assertThat(window.chosen()[i]).isEqualTo(first + i / 10 * 64 + i % 10);
      }
      thirds.add(first % 64 * 3 / 55 + " " + first / 64 * 3 / 55);
    }
    assertThat(thirds).hasSize(9);
    assertThat(points(trial).windows().get(0).chosen()).isEqualTo(points.windows().get(0).chosen());
    Trial other = trial(new Fourier(2), new SamplePoints(100, Pattern.PATCH), 64, 6);
    assertThat(points(other).windows().get(0).chosen())
        .isNotEqualTo(points.windows().get(0).chosen());
  }

  @Test
  void aWindowOfEveryPixelIsTheSampleAndTheTrainingKernel() {
    KernelSummary kernel = kernel(trial(grid(12), new SamplePoints(400, Pattern.ALL), 16, 0));
    Spectrum sample = last(kernel, Scope.SAMPLE);
    for (Scope scope : List.of(Scope.WINDOW, Scope.TRAINING)) {
      Spectrum same = last(kernel, scope);
      assertThat(same.points()).isEqualTo(256);
      assertThat(same.eigenvalues()).isEqualTo(sample.eigenvalues());
    }
  }

  @Test
  void thePatternsKeysAreRefusedWhereTheyMeanNothing() {
    assertThatThrownBy(() -> new SamplePoints(64, Pattern.LATTICE, 4, null))
        .hasMessage("windows are of the patterns patch and all, lattice has none, got 4");
    assertThatThrownBy(() -> new SamplePoints(64, Pattern.PATCH, 4, 30.0))
        .hasMessage("budget is of the pattern all, patch has none, got 30.0");
    assertThat(SamplePoints.parse("64")).isEqualTo(new SamplePoints(64, Pattern.PATCH, 9, null));
    assertThat(new SamplePoints(64, Pattern.LATTICE).shorthand()).isNull();
    assertThat(new SamplePoints(64, Pattern.PATCH).shorthand()).isEqualTo("64");
  }

  private static KernelPoints points(Trial trial) throws IOException {
    LoadedPicture picture =
        (LoadedPicture) new SignalFiles(new Configuration(false)).read(trial.signal());
    TrainingSet set = picture.trainingSet(trial.seed());
    EncodedPoints encoded = Encoder.encode(trial.encoding(), set.points(), 2, trial.seed());
    return KernelSamples.of(trial, picture, set, encoded);
  }
}
