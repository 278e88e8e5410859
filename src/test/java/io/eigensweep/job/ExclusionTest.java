package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusionTest {
  private static final Encoding MULTIGRID = new Multigrid(2, 2, 50, 2, 0.01, Interpolation.LINEAR);

  private static Exclusion exclusion(String yaml) {
    return ExclusionReader.read(YamlReader.read(yaml, "f")).get(0);
  }

  private static Trial trial(Encoding encoding, int width, long seed) {
    return new Trial(
        new Signal.ImagenetPicture("root", "n1", "n1_1.JPEG", null, Coordinates.CENTERS),
        encoding,
        new NetworkSettings(2, width, Activation.RELU, Parameterization.WIDTH, true),
        TrainingSettings.sgd(100, 1024, 300, 10),
        NtkSettings.of(1024, List.of(), Outputs.MEAN),
        LinalgSettings.of(BlasChoice.AUTO),
        seed,
        List.of());
  }

  @Test
  void dropsTrialsThatFitEveryCondition() {
    Exclusion exclusion =
        exclusion("{encoding: {type: multigrid, resolution: 50}, network: {width: 512}}");

    assertThat(exclusion.matches(trial(MULTIGRID, 512, 0))).isTrue();
    assertThat(exclusion.matches(trial(MULTIGRID, 256, 0))).isFalse();
    assertThat(exclusion.matches(trial(new Identity(), 512, 0))).isFalse();
    assertThat(
            exclusion.matches(
                trial(new Multigrid(2, 2, 51, 2, 0.01, Interpolation.LINEAR), 512, 0)))
        .isFalse();
  }

  @Test
  void takesAListAsAnyOf() {
    Exclusion exclusion = exclusion("{encoding: {type: [identity, fourier]}, seeds: [1, 2]}");

    assertThat(exclusion.matches(trial(new Identity(), 64, 1))).isTrue();
    assertThat(exclusion.matches(trial(new Fourier(3), 64, 2))).isTrue();
    assertThat(exclusion.matches(trial(new Fourier(3), 64, 0))).isFalse();
    assertThat(exclusion.matches(trial(MULTIGRID, 64, 1))).isFalse();
  }

  @Test
  void meetsEveryEncodingThatHasTheKeyWhenNoTypeIsGiven() {
    Exclusion exclusion = exclusion("{encoding: {levels: 2}}");

    assertThat(exclusion.matches(trial(MULTIGRID, 64, 0))).isTrue();
    assertThat(exclusion.matches(trial(new Fourier(2), 64, 0))).isTrue();
    assertThat(exclusion.matches(trial(new Fourier(3), 64, 0))).isFalse();
    assertThat(exclusion.matches(trial(new Identity(), 64, 0))).isFalse();
  }

  @Test
  void comparesValuesNotSpellings() {
    assertThat(exclusion("{training: {learning-rate: 1e2}}").matches(trial(MULTIGRID, 64, 0)))
        .isTrue();
    assertThat(
            exclusion("{network: {activation: relu, bias: true}}").matches(trial(MULTIGRID, 64, 0)))
        .isTrue();
  }

  @Test
  void describesPicturesAsTheTrialNamesThem() {
    assertThat(exclusion("{signal: {label: [n0, n1]}}").matches(trial(MULTIGRID, 64, 0))).isTrue();
    assertThat(exclusion("{signal: {file: n1_2.JPEG}}").matches(trial(MULTIGRID, 64, 0))).isFalse();
    assertThat(exclusion("{signal: {type: image}}").matches(trial(MULTIGRID, 64, 0))).isFalse();
  }

  @Test
  void takesNullAsAbsent() {
    assertThat(exclusion("{signal: {size: null}}").matches(trial(MULTIGRID, 64, 0))).isTrue();
    assertThat(exclusion("{signal: {size: 64}}").matches(trial(MULTIGRID, 64, 0))).isFalse();
  }

  @Test
  void writesItselfWithSectionsAndKeysInOrder() {
    Exclusion exclusion =
        exclusion(
            "{seeds: 1, network: {width: 512}, signal: {size: [null, 64]},"
                + " encoding: {growth: 1.5, resolution: [50, 60], type: multigrid}}");

    assertThat(exclusion.json())
        .isEqualTo(
            "{\"signal\":{\"size\":[null,64]},"
                + "\"encoding\":{\"type\":[\"multigrid\"],\"resolution\":[50,60],\"growth\":[1.5]},"
                + "\"network\":{\"width\":[512]},\"seeds\":[1]}");
    assertThat(exclusion(exclusion.json()).conditions()).isEqualTo(exclusion.conditions());
  }
}
