package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.Fourier;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobException;
import io.eigensweep.job.JobFile;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Artifact;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridTest {
  private static Job job(String yaml) {
    return JobFile.read("name: grid\n" + yaml, "grid.yaml", List.of());
  }

  private static List<Signal> pictures(int count) {
    return IntStream.range(0, count)
        .<Signal>mapToObj(
            index -> new Signal.GeneratedImage(GeneratedKind.STAR, 64, index, Coordinates.CENTERS))
        .toList();
  }

  private static Set<TrialId> ids(Expansion expansion) {
    Set<TrialId> ids = new HashSet<>();
    expansion.trials().forEach(trial -> ids.add(trial.id()));
    return ids;
  }

  @Test
  void multipliesPicturesSettingsAndSeedsInOrder() {
    Expansion expansion =
        Grid.expand(job("encoding: {type: fourier, levels: [1, 2]}\nseeds: [5, 6]\n"), pictures(2));

    assertThat(expansion.trials())
        .extracting(
            trial ->
                trial.signal().id()
                    + " "
                    + ((Fourier) trial.encoding()).levels()
                    + " "
                    + trial.seed())
        .containsExactly(
            "star-0 1 5",
            "star-0 1 6",
            "star-0 2 5",
            "star-0 2 6",
            "star-1 1 5",
            "star-1 1 6",
            "star-1 2 5",
            "star-1 2 6");
    assertThat(expansion.excluded()).isZero();
    assertThat(expansion.duplicates()).isZero();
    assertThat(expansion.notes()).isEmpty();
  }

  @Test
  void multipliesEverySection() {
    Job job =
        job(
            """
            encoding: {type: fourier, levels: [1, 2]}
            network: {width: [8, 16, 32]}
            training: {epochs: [1, 2]}
            ntk: {points: [4, 9]}
            linalg: {blas: auto}
            seeds: [0, 1]
            """);

    assertThat(Grid.expand(job, pictures(3)).trials()).hasSize(3 * 2 * 3 * 2 * 2 * 2);
  }

  @Test
  void resolvesCheckpointsAndKeepsArtifacts() {
    Trial trial =
        Grid.expand(
                job("encoding: {type: identity}\ntraining: {epochs: 9}\nartifacts: [weights]\n"),
                pictures(1))
            .trials()
            .get(0);

    assertThat(trial.ntk().epochs()).extracting(Checkpoint::name).containsExactly("0", "4", "9");
    assertThat(trial.artifacts()).containsExactly(Artifact.WEIGHTS);
  }

  @Test
  void runsTheSameTrialOnce() {
    Expansion expansion =
        Grid.expand(
            job(
                """
                encoding: [{type: fourier, levels: [1, 2]}, {type: fourier, levels: 2}]
                linalg: {blas: [auto, java]}
                seeds: [0, 0]
                """),
            pictures(1));

    assertThat(expansion.trials()).hasSize(2);
    assertThat(ids(expansion)).hasSize(2);
    assertThat(expansion.duplicates()).isEqualTo(10);
    assertThat(expansion.notes())
        .containsExactly("10 points of the grid repeat a trial that runs already");
  }

  @Test
  void dropsWhatTheJobExcludesAndSaysWhatMatchedNothing() {
    Expansion expansion =
        Grid.expand(
            job(
                """
                encoding: {type: fourier, levels: [1, 2, 3]}
                network: {width: [8, 16]}
                exclude:
                  - {encoding: {levels: [1, 2]}, network: {width: 16}}
                  - {encoding: {levels: 2}}
                  - {encoding: {levels: 4}}
                """),
            pictures(1));

    assertThat(expansion.trials())
        .extracting(trial -> ((Fourier) trial.encoding()).levels() + " " + trial.network().width())
        .containsExactly("1 8", "3 8", "3 16");
    assertThat(expansion.excluded()).isEqualTo(3);
    assertThat(expansion.notes())
        .containsExactly(
            "exclude: the entry at grid.yaml:7:5 matches no trial", "exclude dropped 3 trials");
  }

  @Test
  void growsByTheNewTrialsOnly() {
    String before = "encoding: {type: multigrid, resolution: [50, 100]}\nseeds: [0, 1]\n";
    String after = before.replace("[50, 100]", "[50, 75, 100]");
    Set<TrialId> old = ids(Grid.expand(job(before), pictures(2)));
    Set<TrialId> grown = ids(Grid.expand(job(after), pictures(2)));

    assertThat(grown).containsAll(old).hasSize(old.size() + 2 * 2);
  }

  @Test
  void refusesGridsThatNobodyCanRun() {
    String hundred = IntStream.range(1, 101).boxed().toList().toString();
    Job job =
        job(
            "encoding: {type: identity}\nnetwork: {width: "
                + hundred
                + "}\ntraining: {batch-size: "
                + hundred
                + "}\nseeds: "
                + hundred
                + "\n");

    assertThatThrownBy(() -> Grid.expand(job, pictures(6)))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "grid: the grid has 6,000,000 points, at most 5,000,000 are allowed; split the job");
  }

  @Test
  void plansAHundredThousandTrials() {
    String hundred = IntStream.range(1, 101).boxed().toList().toString();
    Job job =
        job(
            "encoding: {type: multigrid, resolution: "
                + hundred
                + "}\ntraining: {learning-rate: [0.1, 0.3, 1, 3, 10, 30, 60, 80, 90, 100]}\n"
                + "seeds: "
                + hundred
                + "\nexclude: [{encoding: {resolution: 1}, training: {learning-rate: 90}}]\n");

    Expansion expansion = Grid.expand(job, pictures(1));
    Plan plan = Plan.of(expansion.trials(), 0, CostModel.nominal(), 128);

    assertThat(plan.longestFirst()).hasSize(99_900);
    assertThat(plan.text()).contains("99,900 to do");
  }
}
