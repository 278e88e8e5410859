package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.picture.Image;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.SignalReader;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What stops a trial, and how it goes on afterwards. */
class ConditionsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Map<TrialId, byte[]> saved = new HashMap<>();
  private final TrialSaves saves =
      new TrialSaves() {
        @Override
        public Optional<byte[]> read(TrialId id) {
          return Optional.ofNullable(saved.get(id));
        }

        @Override
        public void write(TrialId id, State state) throws IOException {
          saved.put(id, state.bytes());
        }
      };

  private static TrialResult run(Trial trial, Conditions conditions) {
    SignalReader reader =
        signal -> {
          Random random = new Random(1);
          float[] values = new float[24 * 24 * 3];
          for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
          }
          return new LoadedPicture(
              new Image(24, 24, 3, values), Coordinates.CENTERS, false, "ab", 24, 24, 1, 2, 3);
        };
    return new TrialRunner(reader, (id, name) -> OutputStream.nullOutputStream())
        .run(trial, 0, conditions);
  }

  /** True when it is asked for the {@code count}-th time, and then. */
  private static BooleanSupplier after(int count) {
    int[] asked = {0};
    return () -> ++asked[0] > count;
  }

  private static TrialResult runInPieces(Trial trial, Random random, TrialSaves saves) {
    while (true) {
      try {
        return run(
            trial, new Conditions(null, after(24 + random.nextInt(20)), saves, Duration.ZERO));
      } catch (TrialStoppedException e) {
        assertThat(e).hasMessage("the trial was told to stop");
      }
    }
  }

  @Test
  void anInterruptedTrialEndsWithTheBitsOfAnUninterruptedOne() {
    Random random = new Random(5);
    for (Trial trial : List.of(Trials.multigrid(), Trials.fourier())) {
      TrialResult whole = run(trial, Conditions.NONE);
      TrialResult pieces = runInPieces(trial, random, saves);

      assertThat(saved).containsKey(trial.id());
      assertThat(pieces.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(pieces.quality()).isEqualTo(whole.quality());
      assertThat(curve(pieces)).isEqualTo(curve(whole));
      assertThat(kernels(pieces)).isEqualTo(kernels(whole));
    }
  }

  private static List<String> curve(TrialResult result) {
    return Objects.requireNonNull(result.training()).curve().stream()
        .map(point -> point.epoch() + " " + point.loss() + " " + point.psnr())
        .toList();
  }

  private static List<Object> kernels(TrialResult result) {
    var kernel = Objects.requireNonNull(result.kernel());
    return List.of(
        Objects.requireNonNull(kernel.drift()),
        kernel.spectra().stream()
            .map(spectrum -> spectrum.term() + List.of(box(spectrum.eigenvalues())))
            .toList());
  }

  private static String box(double[] values) {
    return java.util.Arrays.toString(values);
  }

  @Test
  void aTrialThatIsToldToStopHasNoResult() {
    Conditions stop = new Conditions(null, () -> true, null, LONG);
    assertThatThrownBy(() -> run(Trials.identity(), stop))
        .isInstanceOf(TrialStoppedException.class);
  }

  @Test
  void aTrialThatTakesTooLongIsARowOfWhatItReached() {
    TrialResult result =
        run(Trials.identity(), new Conditions(Duration.ZERO, () -> false, null, LONG));
    assertThat(result.outcome().status()).isEqualTo(Status.TIMED_OUT);
    assertThat(result.outcome().message()).isEqualTo("not finished after the timeout of 0.0 s");
    assertThat(result.signal()).isNotNull();
    assertThat(result.quality()).isNull();
  }

  @Test
  void anErrorOfAnyKindIsAResult() {
    TrialRunner runner =
        new TrialRunner(
            signal -> {
              throw new StackOverflowError("deep");
            },
            (id, name) -> OutputStream.nullOutputStream());
    Outcome outcome = runner.run(Trials.identity(), 0).outcome();
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.message()).isEqualTo("deep");
  }

  @Test
  void aDamagedOrForeignStateIsNotGoneOnFrom() {
    Trial trial = Trials.multigrid();
    TrialResult whole = run(trial, new Conditions(null, () -> false, saves, Duration.ZERO));
    byte[] good = Objects.requireNonNull(saved.get(trial.id()));

    byte[] damaged = good.clone();
    damaged[good.length / 2] ^= 1;
    assertThat(SavedTrial.read(good)).isPresent();
    assertThat(SavedTrial.read(damaged)).isEmpty();
    assertThat(SavedTrial.read(new byte[40])).isEmpty();
    assertThat(SavedTrial.read(new byte[0])).isEmpty();
    saved.put(trial.id(), damaged);
    assertThat(curve(run(trial, new Conditions(null, () -> false, saves, LONG))))
        .isEqualTo(curve(whole));

    SavedTrial state = SavedTrial.read(good).orElseThrow();
    assertThat(state.isOf(trial.id(), state.circumstances())).isTrue();
    assertThat(state.isOf(trial.id(), "another processor")).isFalse();
    assertThat(state.isOf(Trials.fourier().id(), state.circumstances())).isFalse();
  }
}
