package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Fourier;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.picture.Image;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.Signal;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Trials that are trained on every other pixel of every other row. */
class HoldOutTest {
  private static final int WIDTH = 13;
  private static final int HEIGHT = 10;

  private static Trial trial(boolean holdOut) {
    return trial(Trials.multigrid(), holdOut, 0);
  }

  private static Trial trial(Trial all, boolean holdOut, long seed) {
    return new Trial(
        new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, 24, 0, Coordinates.CENTERS, holdOut),
        all.encoding(),
        all.network(),
        all.training(),
        all.ntk(),
        all.linalg(),
        seed,
        all.artifacts());
  }

  /** A picture whose held-out pixels are {@code others}, and the trained ones always the same. */
  private static LoadedPicture picture(float others) {
    Random random = new Random(7);
    float[] values = new float[3 * WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      int column = i / 3 % WIDTH;
      int row = i / 3 / WIDTH;
      values[i] = row % 2 == 0 && column % 2 == 0 ? random.nextFloat() : others;
    }
    return new LoadedPicture(
        new Image(WIDTH, HEIGHT, 3, values), Coordinates.CENTERS, true, "ab", 1, 1, 0, 0, 0);
  }

  private static TrialResult run(float others) {
    return run(trial(true), others);
  }

  private static TrialResult run(Trial trial, float others) {
    return new TrialRunner(signal -> picture(others), (id, name) -> new ByteArrayOutputStream())
        .run(trial, 0);
  }

  private static TrialResult.HeldOut heldOut(TrialResult result) {
    TrialResult.Quality quality = Objects.requireNonNull(result.quality());
    return Objects.requireNonNull(Objects.requireNonNull(quality.picture()).heldOut());
  }

  @Test
  void pixelsThatAreHeldOutChangeNothingButTheirOwnPsnr() {
    TrialResult dark = run(0);
    TrialResult bright = run(1);

    assertThat(dark.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(Objects.requireNonNull(bright.training()).loss())
        .isEqualTo(Objects.requireNonNull(dark.training()).loss());
    assertThat(Objects.requireNonNull(bright.kernel()).spectra().get(3).eigenvalues())
        .isEqualTo(Objects.requireNonNull(dark.kernel()).spectra().get(3).eigenvalues());
    assertThat(heldOut(bright).trainedPsnr()).isEqualTo(heldOut(dark).trainedPsnr());
    assertThat(heldOut(bright).heldOutPsnr()).isNotEqualTo(heldOut(dark).heldOutPsnr());
  }

  @Test
  void theKernelIsThatOfTrainedPixels() {
    // 7 × 5 of the 13 × 10 pixels are trained on; a lattice of 64 points is cut to 5 × 5.
    assertThat(Objects.requireNonNull(run(0).kernel()).points()).isEqualTo(25);
  }

  /** The squared error of all pixels is the sum of both parts'. */
  @Test
  void bothPartsMakeTheWhole() {
    TrialResult result = run(0.3f);
    double trained = error(heldOut(result).trainedPsnr());
    double others = error(heldOut(result).heldOutPsnr());

    assertThat(error(Objects.requireNonNull(result.quality()).psnr()))
        .isCloseTo((35 * trained + 95 * others) / 130, within(1e-9));
    assertTrainedPartIsThatOfTheCurve(result);
  }

  /** Random frequencies come from the trial's seed wherever its network is evaluated. */
  @Test
  void trainedPixelsAreJudgedWithTheFrequenciesOfTraining() {
    Trial trial = trial(Trials.of(Fourier.gaussian(4, 3), 10, 6), true, 5);

    assertTrainedPartIsThatOfTheCurve(run(trial, 0.3f));
  }

  /** The trained part is what training says it is, up to float32. */
  private static void assertTrainedPartIsThatOfTheCurve(TrialResult result) {
    double[] curve =
        Objects.requireNonNull(result.training()).curve().stream()
            .filter(point -> point.psnr() != null)
            .mapToDouble(point -> Objects.requireNonNull(point.psnr()))
            .toArray();
    assertThat(heldOut(result).trainedPsnr()).isCloseTo(curve[curve.length - 1], within(1e-4));
  }

  private static double error(@Nullable Double decibels) {
    return Math.pow(10, -0.1 * Objects.requireNonNull(decibels));
  }

  @Test
  void onlyTrialsThatHoldOutAreOthers() {
    // Trials that hold nothing out keep the ids that they had before any could.
    assertThat(CanonicalJson.identity(trial(false))).doesNotContain("hold-out");
    assertThat(CanonicalJson.identity(trial(true))).contains("\"hold-out\":true");
    assertThat(trial(true).id()).isNotEqualTo(trial(false).id());
  }
}
