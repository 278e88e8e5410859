package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final CostModel MODEL = CostModel.nominal();

  private static List<Trial> trials(String yaml, Signal... signals) {
    Job job = JobFile.read("name: plan\n" + yaml, "plan.yaml", List.of());
    return Grid.expand(job, List.of(signals)).trials();
  }

  private static Signal star(int size) {
    return new Signal.GeneratedImage(GeneratedKind.STAR, size, 0, Coordinates.CENTERS);
  }

  private static List<Trial> mixed() {
    return trials(
        """
        encoding: [{type: identity}, {type: multigrid, resolution: [20, 40]}]
        network: {width: [64, 128, 256]}
        training: {epochs: [10, 20, 40]}
        ntk: {points: 64}
        seeds: [0, 1]
        """,
        star(64));
  }

  @Test
  void startsTheLongestFirstAndEqualOnesById() {
    List<Trial> shuffled = new ArrayList<>(mixed());
    Collections.shuffle(shuffled, new Random(1));
    List<PlannedTrial> planned = Plan.of(shuffled, 0, MODEL, 4).longestFirst();

    assertThat(planned).isEqualTo(Plan.of(mixed(), 0, MODEL, 4).longestFirst()).hasSize(54);
    for (int i = 1; i < planned.size(); i++) {
      double before = planned.get(i - 1).cost().seconds();
      double after = planned.get(i).cost().seconds();
      assertThat(before).isGreaterThanOrEqualTo(after);
      if (before == after) {
        assertThat(planned.get(i - 1).id()).isLessThan(planned.get(i).id());
      }
    }
  }

  @Test
  void addsUpOnOneSlot() {
    Plan plan = Plan.of(mixed(), 0, MODEL, 1);
    double total = mixed().stream().mapToDouble(trial -> MODEL.of(trial).seconds()).sum();

    assertThat(plan.makespanSeconds()).isCloseTo(total, within(1e-9 * total));
    assertThat(plan.lowerBoundSeconds()).isCloseTo(total, within(1e-9 * total));
    assertThat(plan.coreHours()).isCloseTo(total / 3600, within(1e-12 * total));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 20, 54, 1000})
  void endsBetweenTheLowerBoundAndGrahamsBound(int slots) {
    Plan plan = Plan.of(mixed(), 0, MODEL, slots);

    assertThat(plan.makespanSeconds())
        .isGreaterThanOrEqualTo(plan.lowerBoundSeconds() * (1 - 1e-12))
        .isLessThanOrEqualTo(plan.lowerBoundSeconds() * 4 / 3 + 1e-9);
  }

  @Test
  void takesAsLongAsTheLongestOnManySlots() {
    Plan plan = Plan.of(mixed(), 0, MODEL, 1000);

    assertThat(plan.makespanSeconds()).isEqualTo(plan.longestFirst().get(0).cost().seconds());
    assertThat(plan.lowerBoundSeconds()).isEqualTo(plan.makespanSeconds());
  }

  @Test
  void printsAnAlignedTable() {
    Plan plan =
        Plan.of(
            trials(
                """
                encoding: {type: multigrid, resolution: [50, 200]}
                network: {width: 128}
                seeds: [3]
                """,
                star(64)),
            5,
            MODEL,
            2,
            List.of("something to know"));

    assertThat(plan.text())
        .isEqualTo(
            """
            trials      7: 5 done, 2 to do
            work        4.33e+11 FLOP
            core-hours  0.00
            time        5.7 s on 2 slots, at best 5.7 s
            memory      97.9 MiB for the largest trial, 3ydpinr7m45uiisu, beside the JVM's own
            note        something to know

            longest 2
            trial             time   memory    picture  seed  settings
            3ydpinr7m45uiisu  5.7 s  97.9 MiB  star-0   3     multigrid resolution=200 width=128
            hn4k3yswdeyii6su  5.7 s  94.6 MiB  star-0   3     multigrid resolution=50 width=128
            """);
  }

  @Test
  void saysWhenNothingIsLeft() {
    Plan plan = Plan.of(List.of(), 24, MODEL, 8);

    assertThat(plan.text()).isEqualTo("trials  24: 24 done, 0 to do\n");
    assertThat(plan.makespanSeconds()).isZero();
    assertThat(plan.lowerBoundSeconds()).isZero();
    assertThat(plan.coreHours()).isZero();
    assertThat(plan.misfit(1)).isEmpty();
  }

  @Test
  void saysWhatItAssumesOfPicturesThatKeepTheirSize() {
    Signal photograph = new Signal.ImageFile("/photographs", "a.png", null, Coordinates.CENTERS);

    assertThat(Plan.of(trials("encoding: {type: identity}", photograph), 0, MODEL, 1).notes())
        .containsExactly(
            "no size is set for 1 trial: costed as 400 × 350 pixels, ImageNet's typical size");
  }

  @Test
  void namesWhatToChangeWhenATrialDoesNotFit() {
    Plan plan =
        Plan.of(
            trials("encoding: {type: identity}\nntk: {points: [64, 16384]}\n", star(128)),
            0,
            MODEL,
            1);

    assertThat(plan.misfit(64L << 30)).isEmpty();
    assertThat(plan.misfit(4L << 30).orElseThrow())
        .isEqualTo(
            "1 trial would not fit the 4.0 GiB of a slot (or leave them out with exclude); the"
                + " largest, "
                + plan.longestFirst().get(0).id()
                + ", needs 12.3 GiB, of which the kernel takes 12.3 GiB: lower ntk.points or set"
                + " ntk.outputs to mean");
  }

  @Test
  void plansAHundredThousandTrials() {
    String seeds =
        java.util.stream.IntStream.range(0, 1000)
            .mapToObj(Integer::toString)
            .collect(java.util.stream.Collectors.joining(", ", "seeds: [", "]\n"));
    List<Trial> trials =
        trials(
            "encoding: {type: multigrid, resolution: [50, 100, 150, 200, 250]}\n"
                + "network: {width: [128, 256, 384, 512]}\n"
                + "training: {learning-rate: [1, 2, 5, 10, 100]}\n"
                + seeds,
            star(128));

    Plan plan = Plan.of(trials, 0, MODEL, 64);

    assertThat(plan.longestFirst()).hasSize(100_000);
    assertThat(plan.makespanSeconds())
        .isBetween(plan.lowerBoundSeconds(), 4.0 / 3 * plan.lowerBoundSeconds());
    assertThat(plan.text().lines().count()).isLessThan(25);
  }

  @Test
  void refusesToPlanForNoSlots() {
    assertThatThrownBy(() -> Plan.of(List.of(), 0, MODEL, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slots must be at least 1, got 0");
  }
}
