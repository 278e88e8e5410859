package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.picture.Image;
import io.eigensweep.picture.JpegReference;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.signal.SignalReader;
import io.eigensweep.signal.UnreadableSignalException;
import io.eigensweep.training.TrainingSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {
  private final Map<String, ByteArrayOutputStream> files = new HashMap<>();

  private OutputStream file(TrialId id, String name) {
    return files.computeIfAbsent(id + "/" + name, key -> new ByteArrayOutputStream());
  }

  private byte[] written(Trial trial, String name) {
    return Objects.requireNonNull(files.get(trial.id() + "/" + name)).toByteArray();
  }

  private TrialResult run(Trial trial, SignalReader reader) {
    return new TrialRunner(reader, this::file).run(trial, 0);
  }

  private static LoadedPicture picture() {
    int side = 24;
    float[] values = new float[side * side * 3];
    for (int i = 0; i < values.length; i++) {
      int column = i / 3 % side;
      int row = i / 3 / side;
      values[i] = (column / 4 + row / 4) % 2 == 0 ? 0.2f + 0.2f * (i % 3) : 0.9f;
    }
    return new LoadedPicture(
        new Image(side, side, 3, values), Coordinates.CENTERS, false, "ab", side, side, 1, 2, 3);
  }

  @Test
  void fillsEveryPartOfTheResult() {
    TrialResult result = run(Trials.multigrid(), signal -> picture());
    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    TrialResult.TrainingFacts training = Objects.requireNonNull(result.training());
    assertThat(training.epochsDone()).isEqualTo(6);
    assertThat(training.curve()).hasSize(7);
    assertThat(training.parametersEncoding()).isEqualTo(2 * (25 + 81));
    assertThat(training.parameters()).isEqualTo(2 * (25 + 81) + 16 * 7 + 16 * 17 + 3 * 17);
    assertThat(Objects.requireNonNull(result.quality()).psnr()).isGreaterThan(5);
    assertThat(Objects.requireNonNull(result.kernel()).points()).isEqualTo(64);
    assertThat(result.kernel().spectra().stream().map(s -> s.epoch() + s.term()))
        .containsExactly("0total", "0mlp", "0grid", "6total", "6mlp", "6grid");
    assertThat(result.kernel().drift()).isPositive();
    assertThat(result.kernel().learningRateLimit()).isPositive();
    assertThat(result.provenance().blas()).startsWith("openblas-");
    assertThat(result.cost().wallSeconds()).isPositive();
    assertThat(training.flowTime()).isEqualTo(10.0 * 6 * 6);
    TrialResult.PictureQuality picture = Objects.requireNonNull(result.quality().picture());
    assertThat(Objects.requireNonNull(picture.detail().kept())).isPositive();
    JpegReference jpeg = Objects.requireNonNull(picture.jpeg());
    assertThat(jpeg.bytes()).isBetween(1000, (int) (4 * training.parameters()));
  }

  @Test
  void givesTheSameNumbersTwice() {
    TrialResult first = run(Trials.multigrid(), signal -> picture());
    TrialResult second = run(Trials.multigrid(), signal -> picture());
    assertThat(second.quality()).isEqualTo(first.quality());
    for (int i = 0; i < 6; i++) {
      assertThat(eigenvalues(second, i)).isEqualTo(eigenvalues(first, i));
    }
  }

  private static double[] eigenvalues(TrialResult result, int index) {
    return Objects.requireNonNull(result.kernel()).spectra().get(index).eigenvalues();
  }

  /** Weyl's inequality up to the floors, and the trace of K as the sum of its eigenvalues. */
  @Test
  void spectraObeyWeyl() {
    TrialResult result = run(Trials.multigrid(), signal -> picture());
    List<Spectrum> spectra = Objects.requireNonNull(result.kernel()).spectra();
    Spectrum total = spectra.get(3);
    Spectrum mlp = spectra.get(4);
    Spectrum grid = spectra.get(5);
    for (int i = 0; i < 64; i++) {
      assertThat(total.eigenvalues()[i])
          .isGreaterThanOrEqualTo(
              mlp.eigenvalues()[i] + grid.eigenvalues()[0] - total.floor() - mlp.floor());
    }
    assertThat(Objects.requireNonNull(total.facts().weylSlack()))
        .isGreaterThanOrEqualTo(-total.floor() - mlp.floor() - grid.floor());
  }

  @Test
  void bothBlasImplementationsLearnTheSame() {
    Trial trial = Trials.fourier();
    Trial java =
        new Trial(
            trial.signal(),
            trial.encoding(),
            trial.network(),
            trial.training(),
            trial.ntk(),
            LinalgSettings.of(BlasChoice.JAVA),
            trial.seed(),
            trial.artifacts());
    assertThat(java.id()).isEqualTo(trial.id());
    TrialResult a = run(trial, signal -> picture());
    TrialResult b = run(java, signal -> picture());
    assertThat(b.provenance().blas()).startsWith("netlib-java");
    assertThat(Objects.requireNonNull(Objects.requireNonNull(b.quality()).psnr()))
        .isCloseTo(
            Objects.requireNonNull(Objects.requireNonNull(a.quality()).psnr()), within(1e-3));
  }

  @Test
  void unreadablePictureIsAFailedResultWithItsReason() {
    TrialResult result =
        run(
            Trials.identity(),
            signal -> {
              throw new UnreadableSignalException("empty file");
            });
    assertThat(result.outcome().status()).isEqualTo(Status.FAILED);
    assertThat(result.outcome().stage()).isEqualTo(Stage.LOAD);
    assertThat(result.outcome().message()).isEqualTo("empty file");
    assertThat(result.training()).isNull();
    assertThat(result.kernel()).isNull();
  }

  @Test
  void explodingLossIsDiverged() {
    TrialResult result = run(Trials.of(new Identity(), 1e7, 20), signal -> picture());
    assertThat(result.outcome().status()).isEqualTo(Status.DIVERGED);
    assertThat(result.outcome().message()).contains("epoch ");
    assertThat(result.quality()).isNull();
    assertThat(Objects.requireNonNull(result.training()).epochsDone()).isLessThan(20);
  }

  @Test
  void zeroEpochsEvaluateTheInitialNetwork() {
    TrialResult result = run(Trials.of(new Identity(), 1, 0), signal -> picture());
    assertThat(result.outcome().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(Objects.requireNonNull(result.kernel()).spectra()).hasSize(1);
    assertThat(result.kernel().drift()).isNull();
  }

  @Test
  void artifactsHoldTheTrainedNetworkAndItsPicture() throws IOException {
    Trial plain = Trials.of(new Multigrid(2, 2, 8, 2, 0.01, Interpolation.LINEAR), 10, 6);
    Trial trial =
        new Trial(
            plain.signal(),
            plain.encoding(),
            plain.network(),
            plain.training(),
            plain.ntk(),
            plain.linalg(),
            plain.seed(),
            List.of(Artifact.WEIGHTS, Artifact.RECONSTRUCTION));
    assertThat(trial.id()).isEqualTo(plain.id());
    TrialResult result = run(trial, signal -> picture());
    Parameters trained = Safetensors.read(written(trial, "weights.safetensors"));
    EncodedPoints points =
        Encoder.encode(trial.encoding(), PixelGrid.coordinates(24, 24, Coordinates.CENTERS), 2, 0);
    double[] outputs =
        ForwardPass.of(trial.network(), trained, points, Blas.of(BlasChoice.AUTO)).outputs().data;
    var image = ImageIO.read(new ByteArrayInputStream(written(trial, "reconstruction.png")));
    double error = 0;
    float[] targets = picture().image().values();
    for (int pixel = 0; pixel < 576; pixel++) {
      int rgb = image.getRGB(pixel % 24, pixel / 24);
      for (int c = 0; c < 3; c++) {
        double clamped = Math.min(Math.max(outputs[3 * pixel + c], 0), 1);
        assertThat(rgb >> (16 - 8 * c) & 255).isCloseTo((int) Math.round(255 * clamped), within(1));
        error += Math.pow(clamped - targets[3 * pixel + c], 2);
      }
    }
    double psnr = -10 * Math.log10(error / targets.length);
    assertThat(Objects.requireNonNull(Objects.requireNonNull(result.quality()).psnr()))
        .isCloseTo(psnr, within(1e-4));
  }

  @Test
  void trainsAtAShareOfItsOwnStabilityLimit() {
    Trial plain = Trials.multigrid();
    double limit =
        Objects.requireNonNull(
            Objects.requireNonNull(run(plain, signal -> picture()).kernel()).learningRateLimit());
    TrialResult share = run(withTraining(plain, null, 0.25), signal -> picture());
    TrialResult number = run(withTraining(plain, 0.25 * limit, null), signal -> picture());

    assertThat(Objects.requireNonNull(share.training()).curve().get(6).loss())
        .isEqualTo(Objects.requireNonNull(number.training()).curve().get(6).loss());
    assertThat(share.trial().id()).isNotEqualTo(number.trial().id());
  }

  private static Trial withTraining(Trial trial, @Nullable Double rate, @Nullable Double share) {
    TrainingSettings plain = trial.training();
    TrainingSettings changed =
        new TrainingSettings(
            plain.optimizer(),
            rate,
            share,
            plain.schedule(),
            plain.batchSize(),
            plain.epochs(),
            plain.freezeGridAt(),
            plain.freezeNetworkAt(),
            plain.psnrEvery());
    return new Trial(
        trial.signal(),
        trial.encoding(),
        trial.network(),
        changed,
        trial.ntk(),
        trial.linalg(),
        trial.seed(),
        trial.artifacts());
  }
}
