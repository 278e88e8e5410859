package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Frequencies;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.metric.Loss;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.settings.Schema;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.signal.SurfaceTarget;
import io.eigensweep.training.Optimizer;
import io.eigensweep.training.Schedule;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which fields make a trial the trial it is. */
class TrialIdentityTest {
  private static final Signal PHOTOGRAPH =
      new Signal.ImagenetPicture("/root", "n01", "n01_1.JPEG", 128, Coordinates.CENTERS);
  private static final Encoding MULTIGRID = new Multigrid(2, 2, 200, 2, 0.01, Interpolation.LINEAR);

  private static Trial trial(Signal signal, Encoding encoding) {
    return new Trial(
        signal,
        encoding,
        new NetworkSettings(2, 256, Activation.RELU, Parameterization.WIDTH, true),
        TrainingSettings.sgd(100, 1024, 300, 10),
        NtkSettings.of(
            1024,
            List.of(new Checkpoint("init"), new Checkpoint("half"), new Checkpoint("last")),
            Outputs.MEAN),
        LinalgSettings.of(BlasChoice.AUTO),
        0,
        List.of(Artifact.WEIGHTS));
  }

  static List<Trial> trials() {
    return List.of(
        trial(PHOTOGRAPH, MULTIGRID),
        trial(new Signal.ImageFile("/root", "a.png", 128, Coordinates.CENTERS), new Fourier(8)),
        trial(
            new Signal.GeneratedImage(GeneratedKind.STAR, 128, 1, Coordinates.CENTERS),
            new Identity()),
        trial(
            new Signal.GeneratedImage(GeneratedKind.STAR, 128, 1, Coordinates.CENTERS, true),
            new Identity()),
        trial(
            new Signal.MeshFile(
                "/root",
                "a.ply",
                SurfaceTarget.OCCUPANCY,
                Loss.MSE,
                new SurfaceSampling(0.1, 6000, 0.5, 0.03, 3000, 24, 2000)),
            MULTIGRID));
  }

  /**
   * Frozen with version 5 of the numerics, as every row of an earlier one is another trial's: when
   * this fails without a new version, every row that anyone has committed would be computed again.
   */
  @Test
  void hasTheIdsThatItAlwaysHad() {
    assertThat(trials())
        .extracting(trial -> trial.id().text())
        .containsExactly(
            "tlhat4sxi6b5daj6",
            "bnwwwnqpkswcsa3e",
            "yazz26522s6753t2",
            "kfrslevtd6ghv7qa",
            "fvpscfuvf3tt2yuq");
  }

  @ParameterizedTest
  @MethodSource("trials")
  void changesItsIdWithEveryFieldThatCanChangeANumberAndWithNoOther(Trial trial)
      throws ReflectiveOperationException {
    List<String> identity = new ArrayList<>();
    for (Schema.Component component : Schema.of(Trial.class)) {
      for (Variation variation : variations(trial, component)) {
        Trial changed = (Trial) variation.changed();
        assertThat(changed).as(variation.path()).isNotEqualTo(trial);
        if (variation.identity()) {
          assertThat(changed.id()).as(variation.path()).isNotEqualTo(trial.id());
          identity.add(variation.path());
        } else {
          assertThat(changed.id()).as(variation.path()).isEqualTo(trial.id());
        }
      }
    }
    assertThat(identity)
        .contains("seed", "network.width", "training.epochs", "ntk.points.count", "ntk.epochs")
        .doesNotContain("artifacts", "linalg.blas", "signal.root", "training.psnr-every");
  }

  @Test
  void tellsUpdateRulesAndTheirConstantsApart() {
    assertThat(id(momentum(0.9))).isNotEqualTo(id(momentum(0.8)));
    assertThat(id(TrainingSettings.of(new Optimizer.Sgd(), 1, Schedule.COSINE, 8, 300, 1)))
        .isNotEqualTo(id(TrainingSettings.sgd(1, 8, 300, 1)));
  }

  @Test
  void tellsFrequenciesAndTheirDeviationsApart() {
    TrialId log = trial(PHOTOGRAPH, new Fourier(8)).id();
    TrialId ten = trial(PHOTOGRAPH, new Fourier(8, Frequencies.GAUSSIAN, null)).id();
    assertThat(trial(PHOTOGRAPH, Fourier.gaussian(8, 10)).id()).isEqualTo(ten).isNotEqualTo(log);
    assertThat(trial(PHOTOGRAPH, Fourier.gaussian(8, 1)).id()).isNotEqualTo(ten);
  }

  private static TrainingSettings momentum(double momentum) {
    return new TrainingSettings(
        new Optimizer.Momentum(momentum), 1.0, null, Schedule.CONSTANT, 8, 300, null, null, 1);
  }

  private static TrialId id(TrainingSettings training) {
    Trial trial = trial(PHOTOGRAPH, MULTIGRID);
    return new Trial(
            trial.signal(),
            trial.encoding(),
            trial.network(),
            training,
            trial.ntk(),
            trial.linalg(),
            0,
            List.of())
        .id();
  }

  /** {@code changed} differs from the trial in the one field at {@code path}. */
  private record Variation(String path, boolean identity, Object changed) {}

  /** {@code owner} with each field of {@code component}, or the component itself, changed. */
  private static List<Variation> variations(Record owner, Schema.Component component)
      throws ReflectiveOperationException {
    Object value = component.value(owner);
    boolean identity = component.key().identity();
    String name = component.name();
    List<Variation> variations = new ArrayList<>();
    if (value instanceof Record part && !(value instanceof Checkpoint)) {
      for (Schema.Component inner : Schema.of(part.getClass())) {
        for (Variation variation : variations(part, inner)) {
          variations.add(
              new Variation(
                  name + "." + variation.path(),
                  identity && variation.identity(),
                  with(owner, component, variation.changed())));
        }
      }
    } else if (value != null && (!(value instanceof Enum<?> only) || constants(only).length > 1)) {
      variations.add(new Variation(name, identity, with(owner, component, another(value))));
    }
    return variations;
  }

  private static Object[] constants(Enum<?> constant) {
    return constant.getDeclaringClass().getEnumConstants();
  }

  private static Object another(Object value) {
    if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Double number) {
      return Math.nextUp(number);
    } else if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Enum<?> constant) {
      for (Object other : constants(constant)) {
        if (other != constant) {
          return other;
        }
      }
    } else if (value instanceof List<?> list) {
      return list.subList(1, list.size());
    }
    throw new IllegalStateException("no other value for " + value);
  }

  private static Object with(Record owner, Schema.Component changed, Object value)
      throws ReflectiveOperationException {
    List<Schema.Component> components = Schema.of(owner.getClass());
    Object[] values =
        components.stream()
            .map(component -> component.equals(changed) ? value : component.value(owner))
            .toArray();
    Class<?>[] types =
        components.stream()
            .map(component -> component.accessor().getReturnType())
            .toArray(Class<?>[]::new);
    return owner.getClass().getConstructor(types).newInstance(values);
  }
}
