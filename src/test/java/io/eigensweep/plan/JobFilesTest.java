package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.job.Scale;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.GeneratedSource;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.signal.MeshSource;
import io.eigensweep.signal.PictureSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job files that come with the project. */
class JobFilesTest {
  private static Job read(String file) throws IOException {
    return JobFile.read(Files.readString(Path.of("jobs", file)), "jobs/" + file, List.of());
  }

  /** The pictures that a job declares, without looking at any disk. */
  private static List<Signal> declared(Job job) {
    List<Signal> signals = new ArrayList<>();
    for (SignalSource source : job.signals()) {
      if (source instanceof GeneratedSource drawn) {
        signals.add(
            new Signal.GeneratedImage(
                drawn.kind(), drawn.size(), drawn.index(), drawn.coordinates()));
      } else if (source instanceof ImagenetSource imagenet) {
        long count = (long) imagenet.synsets().limit() * imagenet.imagesPerSynset().limit();
        signals.addAll(DeclaredSignals.of(source, count).signals());
      } else if (source instanceof MeshSource) {
        signals.addAll(DeclaredSignals.of(source, 1).signals());
      }
    }
    return signals;
  }

  @ParameterizedTest
  @CsvSource({
    "quickstart.yaml, 4, 5, 20",
    "first-run.yaml, 8, 3, 24",
    "resolution-sweep.yaml, 100, 31, 18600",
    "surfaces.yaml, 1, 3, 3",
    "resolution-threshold.yaml, 1, 9, 18",
    "number-types.yaml, 1, 3, 24",
    "spectrum.yaml, 20, 3, 180",
    "grid-ablation.yaml, 20, 2, 600",
    "early-kernel.yaml, 20, 3, 180",
    "beyond-ntk.yaml, 10, 3, 2160",
    "capacity.yaml, 20, 4, 3360",
    "activations.yaml, 20, 3, 600",
    "hash-grid.yaml, 20, 6, 240",
    "depth.yaml, 20, 3, 1440",
    "matched-parameters.yaml, 20, 5, 660",
    "interpolation.yaml, 20, 16, 640",
    "aliasing.yaml, 20, 21, 840",
    "output-kernels.yaml, 5, 3, 60",
    "batch-flow.yaml, 20, 3, 480"
  })
  void hasTheTrialsThatItsHeadSays(String file, int pictures, int encodings, int trials)
      throws IOException {
    Job job = read(file);
    Expansion expansion = Grid.expand(job, declared(job));

    assertThat(declared(job)).hasSize(pictures);
    assertThat(job.encodings()).hasSize(encodings);
    assertThat(expansion.trials()).hasSize(trials);
    assertThat(expansion.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quickstart.yaml",
    "first-run.yaml",
    "resolution-sweep.yaml",
    "surfaces.yaml",
    "number-types.yaml",
    "spectrum.yaml",
    "early-kernel.yaml",
    "beyond-ntk.yaml",
    "capacity.yaml",
    "activations.yaml",
    "depth.yaml",
    "matched-parameters.yaml",
    "aliasing.yaml",
    "output-kernels.yaml",
    "batch-flow.yaml"
  })
  void hasTheThreeEncodings(String file) throws IOException {
    assertThat(read(file).encodings())
        .extracting(Encoding::getClass)
        .extracting(Class::getSimpleName)
        .contains("Identity", "Fourier", "Multigrid");
  }

  @ParameterizedTest
  @CsvSource({
    "quickstart.yaml",
    "first-run.yaml",
    "resolution-sweep.yaml",
    "surfaces.yaml",
    "resolution-threshold.yaml",
    "number-types.yaml",
    "spectrum.yaml",
    "grid-ablation.yaml",
    "early-kernel.yaml",
    "beyond-ntk.yaml",
    "capacity.yaml",
    "activations.yaml",
    "hash-grid.yaml",
    "depth.yaml",
    "matched-parameters.yaml",
    "interpolation.yaml",
    "aliasing.yaml",
    "output-kernels.yaml",
    "batch-flow.yaml",
    "all-pixels.yaml"
  })
  void saysItsNameAndQuestionFirst(String file) throws IOException {
    assertThat(read(file).name() + ".yaml").isEqualTo(file);
    assertThat(Files.readString(Path.of("jobs", file)))
        .startsWith("# Question: ")
        .contains("\n# Look at: ", "\n# Cost: ");
  }

  @Test
  void noOtherJobFileIsUntested() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("jobs"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "quickstart.yaml",
              "first-run.yaml",
              "resolution-sweep.yaml",
              "surfaces.yaml",
              "resolution-threshold.yaml",
              "number-types.yaml",
              "spectrum.yaml",
              "grid-ablation.yaml",
              "early-kernel.yaml",
              "beyond-ntk.yaml",
              "capacity.yaml",
              "activations.yaml",
              "hash-grid.yaml",
              "depth.yaml",
              "matched-parameters.yaml",
              "interpolation.yaml",
              "aliasing.yaml",
              "output-kernels.yaml",
              "batch-flow.yaml",
              "all-pixels.yaml");
    }
  }

  private static Scale scale(String name) throws IOException {
    return Scale.read(Files.readString(Path.of("jobs/scales", name + ".yaml")), name);
  }

  private static Expansion expand(String scale, String study) throws IOException {
    String file = "jobs/" + study + ".yaml";
    Job job = JobFile.read(Files.readString(Path.of(file)), file, scale(scale), List.of());
    return Grid.expand(job, declared(job));
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "night", "smoke"})
  void everyScaleHasEveryStudy(String scale) throws IOException {
    for (String study : scale(scale).studies()) {
      assertThat(expand(scale, study).trials()).as(study).isNotEmpty();
    }
    assertThat(scale(scale).studies()).isEqualTo(scale("full").studies()).hasSize(16);
  }

  @ParameterizedTest
  @CsvSource({"full, 5400", "night, 120", "smoke, 18"})
  void aScaleSaysHowLargeAStudyIs(String scale, int trials) throws IOException {
    assertThat(expand(scale, "spectrum").trials()).hasSize(trials);
  }

  @Test
  void quickstartIsQuickAtThirtyGigaflopsPerSecond() throws IOException {
    Job job = read("quickstart.yaml");
    Rates slow = new Rates(30e9 / 0.82, 8e9, 1.5e9, 100e6, 0.5e9);
    Plan plan =
        Plan.of(
            Grid.expand(job, declared(job)).trials(), 0, new CostModel(slow, slow), /* slots= */ 2);

    assertThat(plan.makespanSeconds()).isBetween(10.0, 90.0);
  }

  @Test
  void resolutionSweepSamplesDenserThanItsCoarsestGrid() throws IOException {
    Job job = read("resolution-sweep.yaml");
    Trial trial = Grid.expand(job, declared(job)).trials().get(0);

    assertThat(trial.ntk().points().count()).isGreaterThanOrEqualTo(64 * 64);
    assertThat(((PictureSignal) trial.signal()).coordinates()).isEqualTo(Coordinates.CENTERS);
  }
}
