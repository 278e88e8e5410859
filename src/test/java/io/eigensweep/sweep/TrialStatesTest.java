package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.cluster.Place;
import io.eigensweep.plan.Cost;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.sweep.TrialStates.State;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Stage;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every way that a trial can take through a sweep, without Spark, storage or a clock. */
class TrialStatesTest {
  private static final long SECOND = 1_000_000_000;
  private static final Place HERE = new Place("host-a", "1");
  private static final Place THERE = new Place("host-b", "2");
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final LostTask DEATH = new ExecutorDeath("Command exited with code 137");

  private final RecordedEffects asked = new RecordedEffects();
  private final Map<TrialId, Integer> deaths = new HashMap<>();
  private SweepOptions options = SweepOptions.DEFAULT;
  private String master = "spark://host:7077";
  private Instant clock = NOON;
  private TrialCounters counters = new TrialCounters(0, 0, 0);
  private long now = 5 * SECOND;
  private List<RunningTrials.Running> tasks = List.of();
  private Optional<Outage> outage = Optional.empty();
  private Duration wellFor = Duration.ofHours(1);

  private static TrialId id(int trial) {
    return new TrialId("abcdefghijklmn" + (char) ('a' + trial / 26) + (char) ('a' + trial % 26));
  }

  /** A plan of trials that are expected to take so many seconds each. */
  private TrialStates states(double... seconds) {
    Trial trial = BriefTrials.of(1).get(0).trial();
    List<PlannedTrial> plan = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      plan.add(new PlannedTrial(trial, id(i), new Cost(1, seconds[i], 1)));
    }
    counters = new TrialCounters(seconds.length, seconds.length, 0);
    TrialStates states =
        new TrialStates(
            plan, deaths, options, Duration.ofSeconds(8), master, () -> clock, counters, asked);
    states.begin(now);
    return states;
  }

  private TrialStates.Surroundings around() {
    return new TrialStates.Surroundings(now, Set.of("1", "2"), 2, tasks, outage, wellFor);
  }

  /** Moves time on and submits what may start then. */
  private List<Integer> after(double seconds, TrialStates states) {
    now += (long) (seconds * SECOND);
    states.submitReady(around());
    return asked.submitted();
  }

  private void ends(TrialStates states, int trial, TrialEnd end) {
    states.left(trial, end, null, 2, now);
  }

  private void dies(TrialStates states, int trial, @Nullable LostTask lost) {
    states.left(trial, null, lost, 2, now);
  }

  private static TrialEnd ran(Place place) {
    return TrialEnd.ran(place, 1, Outcome.SUCCEEDED);
  }

  private static TrialEnd trouble(Place place) {
    return TrialEnd.without(TrialEnd.Kind.TROUBLED, place, 1, "load: the mount is not there");
  }

  private static RunningTrials.Running task(int trial, long task, long start) {
    return new RunningTrials.Running(trial, task, 0, "host-a", NOON, start);
  }

  @Test
  void aFewMoreThanThereAreCoresAreSubmittedInTheirOrder() {
    assertThat(after(0, states(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void briefOnesShareAJobUntilSomethingGoesWrong() {
    TrialStates states = states(1, 1, 1);
    states.submitReady(around());
    assertThat(asked.jobs).containsExactly(List.of(0, 1, 2));
    asked.jobs.clear();
    dies(states, 0, DEATH);
    dies(states, 1, null);
    states.submitReady(around());
    assertThat(asked.jobs).containsExactlyInAnyOrder(List.of(0), List.of(1));
  }

  @Test
  void aTrialThatRanIsDone() {
    TrialStates states = states(9, 9);
    after(0, states);
    assertThat(states.state(0)).isEqualTo(State.SUBMITTED);

    ends(states, 0, ran(HERE));
    ends(states, 1, TrialEnd.without(TrialEnd.Kind.COMMITTED_ELSEWHERE, HERE, 0, null));

    assertThat(states.state(0)).isEqualTo(State.DONE);
    assertThat(states.state(1)).as("by another driver").isEqualTo(State.DONE);
    assertThat(states.isAtRest()).isTrue();
    assertThat(counters.ended()).isEqualTo(2);
    assertThat(counters.unsuccessful()).isZero();
    assertThat(asked.rows).isEmpty();
  }

  @Test
  void aDeathIsTriedAgainAtOnceAndTheSecondIsQuarantine() {
    TrialStates states = states(9, 9);
    after(0, states);

    dies(states, 0, DEATH);
    assertThat(states.state(0)).isEqualTo(State.WAITING);
    assertThat(after(0, states)).containsExactly(0);
    dies(states, 0, DEATH);

    assertThat(states.state(0)).isEqualTo(State.DONE);
    assertThat(asked.row(0).status()).isEqualTo(Status.OUT_OF_MEMORY);
    assertThat(asked.notes).allMatch(note -> note.startsWith("0 DIED: ")).hasSize(2);
    assertThat(states.state(1)).isEqualTo(State.SUBMITTED);
  }

  @Test
  void deathsOfEarlierRunsCount() {
    deaths.put(id(0), 2);
    deaths.put(id(1), 1);
    TrialStates states = states(9, 9);

    assertThat(states.state(0)).isEqualTo(State.DONE);
    assertThat(asked.row(0).status()).isEqualTo(Status.FAILED);
    after(0, states);
    dies(states, 1, DEATH);
    assertThat(states.state(1)).isEqualTo(State.DONE);
  }

  /** In local mode a death takes the driver along: only a trial that runs alone is to blame. */
  @Test
  void suspectsRunLastAndAlone() {
    master = "local[4]";
    deaths.put(id(0), 1);
    TrialStates states = states(9, 9, 9);

    assertThat(after(0, states)).containsExactly(1, 2);
    ends(states, 1, ran(HERE));
    assertThat(after(0, states)).isEmpty();
    ends(states, 2, ran(HERE));
    assertThat(after(0, states)).containsExactly(0);
  }

  @Test
  void whatAnotherTrialsDeathTookAlongGoesBackUnblamed() {
    TrialStates states = states(1, 1);
    after(0, states);
    dies(states, 1, null);
    assertThat(states.state(1)).isEqualTo(State.WAITING);
    assertThat(asked.notes).isEmpty();
    assertThat(after(0, states)).containsExactly(1);
  }

  @Test
  void aTrialThatDoesNotEndAfterItsKillHangs() {
    options = new SweepOptions(2, Duration.ofSeconds(40), null, null, Duration.ofMinutes(10));
    TrialStates states = states(9, 9);
    after(0, states);
    tasks = List.of(task(0, 70, now));
    now += 60 * SECOND;
    states.watch(around());
    assertThat(asked.killed).containsExactly(70L);
    assertThat(states.state(0)).isEqualTo(State.SUBMITTED);

    now += 11 * SECOND;
    states.watch(around());
    assertThat(states.state(0)).isEqualTo(State.HUNG);
    assertThat(asked.row(0).status()).isEqualTo(Status.TIMED_OUT);

    now += SECOND;
    states.watch(around());
    assertThat(asked.killed).as("once").hasSize(1);
    assertThat(asked.notes).as("once").hasSize(1);

    ends(states, 1, ran(HERE));
    assertThat(states.isAtRest()).as("its core is lost, not the sweep").isTrue();
    dies(states, 0, DEATH);
    assertThat(states.state(0)).as("it has its row").isEqualTo(State.DONE);
    assertThat(asked.rows).hasSize(1);
  }

  @Test
  void nothingHangsWhileStorageIsAway() {
    options = new SweepOptions(2, Duration.ofSeconds(40), null, null, Duration.ofMinutes(10));
    TrialStates states = states(9);
    after(0, states);
    tasks = List.of(task(0, 70, now));
    outage = Optional.of(new Outage("no route", now));
    after(0, states);
    now += 120 * SECOND;
    states.watch(around());
    assertThat(asked.killed).isEmpty();
  }

  /** It may have its row in its hands since the outage. */
  @Test
  void nothingHangsUntilStorageHasBeenBackForAWhile() {
    options = new SweepOptions(2, Duration.ofSeconds(40), null, null, Duration.ofMinutes(10));
    TrialStates states = states(9);
    after(0, states);
    tasks = List.of(task(0, 70, now));
    now += 120 * SECOND;
    wellFor = Duration.ofSeconds(9);
    states.watch(around());
    assertThat(asked.killed).isEmpty();
    wellFor = HungTrials.OBEDIENCE;
    states.watch(around());
    assertThat(asked.killed).containsExactly(70L);
  }

  @Test
  void aTaskThatHangsBeforeItsTrialIsKilledAndTheTrialIsNot() {
    options = new SweepOptions(2, Duration.ofSeconds(40), null, null, Duration.ofMinutes(10));
    asked.started = false;
    TrialStates states = states(9);
    after(0, states);
    tasks = List.of(task(0, 70, now));
    for (int look = 0; look < 3; look++) {
      now += 60 * SECOND;
      states.watch(around());
    }
    assertThat(asked.killed).containsExactly(70L);
    assertThat(states.state(0)).isEqualTo(State.SUBMITTED);
    assertThat(asked.rows).isEmpty();
  }

  @Test
  void aLateTrialThatSharesItsJobRunsOn() {
    options = new SweepOptions(2, null, null, NOON.plusSeconds(60), Duration.ofMinutes(10));
    asked.cancels = false;
    TrialStates states = states(1, 1);
    after(0, states);
    clock = NOON.plusSeconds(60);
    tasks = List.of(task(0, 7, now));
    states.watch(around());
    dies(states, 0, new LostTask.Fault("no"));
    assertThat(asked.notes).as("it was not cancelled: a failure is one").hasSize(1);
  }

  @Test
  void troubleIsTriedAgainLaterEachTime() {
    TrialStates states = states(9);
    after(0, states);
    ends(states, 0, trouble(HERE));
    assertThat(after(1.9, states)).isEmpty();
    assertThat(after(0.2, states)).containsExactly(0);
    ends(states, 0, trouble(HERE));
    assertThat(after(3.9, states)).isEmpty();
    assertThat(after(0.2, states)).containsExactly(0);
    assertThat(asked.notes).hasSize(2);
    assertThat(asked.rows).isEmpty();
  }

  @Test
  void anExecutorThatFailsThreeTimesRestsAndIsNamedOnceAnotherDoesBetter() {
    TrialStates states = states(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9);
    after(0, states);
    for (int trial = 0; trial < 3; trial++) {
      ends(states, trial, trouble(HERE));
    }
    after(3, states);
    assertThat(asked.resting).containsExactly("1");
    now += 5 * SECOND;
    ends(states, 3, ran(THERE));
    assertThat(asked.lines).hasSize(1).allMatch(line -> line.contains("host-a"));
    ends(states, 4, TrialEnd.without(TrialEnd.Kind.REFUSED, HERE, 0, null));
    assertThat(after(0, states)).as("a refused one goes first").startsWith(4);
  }

  @Test
  void whileStorageIsAwayOneTrialNowAndThenFindsOutWhetherItIsBack() {
    TrialStates states = states(9, 9, 9, 9, 9, 9);
    after(0, states);
    for (int trial = 0; trial < 3; trial++) {
      ends(states, trial, trouble(HERE));
      ends(states, 3 + trial, trouble(THERE));
    }

    assertThat(after(5, states)).isEmpty();
    assertThat(asked.lines).hasSize(1).allMatch(line -> line.contains("the mount is not there"));
    List<Integer> one = after(8, states);
    assertThat(one).hasSize(1);
    ends(states, one.get(0), ran(THERE));
    assertThat(after(60, states)).hasSize(5);
    assertThat(asked.lines).anyMatch(line -> line.startsWith("storage is back after"));
  }

  @Test
  void storageThatStaysAwayEndsTheSweep() {
    TrialStates states = states(9);
    outage = Optional.of(new Outage("no space left", now));
    assertThat(after(0, states)).isEmpty();
    assertThatThrownBy(() -> after(601, states))
        .isInstanceOfSatisfying(
            SweepAbortedException.class, e -> assertThat(e.isStorageGone()).isTrue())
        .hasMessageContaining("no space left");
  }

  @Test
  void aSignalThatTwoExecutorsMissIsGone() {
    TrialStates states = states(9);
    after(0, states);
    ends(states, 0, TrialEnd.without(TrialEnd.Kind.SIGNAL_MISSING, HERE, 0, "a.png is gone"));
    assertThat(states.state(0)).isEqualTo(State.WAITING);
    after(3, states);
    ends(states, 0, TrialEnd.without(TrialEnd.Kind.SIGNAL_MISSING, THERE, 0, "a.png is gone"));
    assertThat(states.state(0)).isEqualTo(State.DONE);
    assertThat(asked.row(0))
        .extracting(Outcome::status, Outcome::stage, Outcome::message)
        .containsExactly(Status.FAILED, Stage.LOAD, "a.png is gone");
  }

  @Test
  void whatWouldNotEndInTimeStaysAndShorterOnesRun() {
    options = new SweepOptions(2, null, null, NOON.plusSeconds(60), Duration.ofMinutes(10));
    TrialStates states = states(90, 30, 10);
    assertThat(after(0, states)).containsExactly(1, 2);

    clock = NOON.plusSeconds(45);
    tasks = List.of(task(1, 7, now), task(2, 8, now));
    states.watch(around());
    assertThat(asked.cancelled).as("it had to wait for a core").containsExactly(1);
    dies(states, 1, new LostTask.Fault("cancelled"));
    ends(states, 2, ran(HERE));

    assertThat(states.state(1)).isEqualTo(State.WAITING);
    assertThat(states.isAtRest()).isTrue();
    assertThat(asked.notes).isEmpty();
    assertThat(states.isTimeOver()).isFalse();
    clock = NOON.plusSeconds(61);
    assertThat(states.isTimeOver()).isTrue();
  }

  @Test
  void whatSparkCanNotRunIsGivenUpAndThreeInARowEndTheSweep() {
    TrialStates states = states(9, 9, 9);
    after(0, states);
    for (double wait : new double[] {10, 20, 40}) {
      dies(states, 0, new LostTask.Fault("task not serializable\nat somewhere"));
      assertThat(after(wait - 1, states)).isEmpty();
      assertThat(after(1, states)).containsExactly(0);
    }
    dies(states, 0, new LostTask.Fault("task not serializable\nat somewhere"));
    assertThat(states.state(0)).isEqualTo(State.GIVEN_UP);
    assertThat(states.problems()).containsExactly(id(0) + ": task not serializable");

    assertThatThrownBy(
            () -> {
              for (int attempt = 0; attempt < 8; attempt++) {
                dies(states, 1 + attempt % 2, new LostTask.Fault("no"));
                after(100, states);
              }
            })
        .isInstanceOf(SweepAbortedException.class)
        .hasMessageContaining("3 trials in a row");
  }

  @Test
  void manyThatFailAlikeEndTheSweep() {
    TrialStates states = states(new double[AlikeFailures.LIMIT]);
    after(0, states);
    TrialEnd end =
        TrialEnd.ran(HERE, 1, Outcome.failed(Stage.TRAIN, new IllegalStateException("bad jar")));
    for (int trial = 1; trial < AlikeFailures.LIMIT; trial++) {
      ends(states, trial, end);
    }
    assertThatThrownBy(() -> ends(states, 0, end))
        .isInstanceOf(SweepAbortedException.class)
        .hasMessageContaining("bad jar");
  }
}
