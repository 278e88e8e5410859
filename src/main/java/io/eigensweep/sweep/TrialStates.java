package io.eigensweep.sweep;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Stage;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a sweep's trials: what an event means for a trial, and what is to be done
 * about it. It knows neither Spark nor storage: {@link SweepRun} tells it what has happened and
 * when, by {@link System#nanoTime}, and does what it asks for as {@link SweepEffects}. Trials are
 * named by their places in the plan. Not thread-safe.
 */
final class TrialStates {
  /** Where a trial is. */
  enum State {
    /** To be submitted, now or later. */
    WAITING,
    /** In a job. */
    SUBMITTED,
    /** It has its row because its task does not end, and keeps a core until it does. */
    HUNG,
    /** It has its row. */
    DONE,
    /** It has none, and this run does not try it again. */
    GIVEN_UP
  }

  /**
   * How things are around the trials.
   *
   * @param now the time
   * @param executors those that can run a trial
   * @param slots how many trials run at a time
   * @param tasks what runs
   * @param outage of the driver's own writes
   * @param wellFor how long these have gone well
   */
  record Surroundings(
      long now,
      Set<String> executors,
      int slots,
      List<RunningTrials.Running> tasks,
      Optional<Outage> outage,
      Duration wellFor) {}

  /** After so many in a row that could not be run the fault is not theirs. */
  private static final int GIVEN_UP_IN_A_ROW = 3;

  /** Trials that are expected to take less share jobs. */
  private static final double BRIEF_SECONDS = 2;

  private final List<PlannedTrial> trials;
  private final State[] states;
  private final Set<Integer> inFlight = new HashSet<>();
  private final Map<TrialId, Integer> deaths;
  private final SweepOptions options;
  private final String master;
  private final boolean isLocal;
  private final TrialCounters counters;
  private final SweepEffects effects;
  private final HungTrials hung;
  private final FinishBy finishBy;
  private final Pause pause;
  private final ExecutorHealth health = new ExecutorHealth();
  private final AlikeFailures alike = new AlikeFailures();
  private final WaitingTrials waiting = new WaitingTrials();
  private final WaitingTrials.Rules rules;
  private final Retries retries = new Retries();
  private final Set<Integer> everSubmitted = new HashSet<>();
  private final Set<Integer> tooLate = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private int givenUpInARow;

  /**
   * Nothing is asked for before {@link #begin}.
   *
   * @param trials the plan
   * @param deaths of earlier attempts
   * @param options how patient the sweep is
   * @param poll time between two looks whether storage is back
   * @param master Spark's master; a local one dies with what it runs
   * @param clock of people, for {@code --finish-by}
   * @param counters counts what ends
   * @param effects does what is asked for
   */
  TrialStates(
      List<PlannedTrial> trials,
      Map<TrialId, Integer> deaths,
      SweepOptions options,
      Duration poll,
      String master,
      Supplier<Instant> clock,
      TrialCounters counters,
      SweepEffects effects) {
    this.trials = trials;
    this.states = new State[trials.size()];
    this.deaths = new HashMap<>(deaths);
    this.options = options;
    this.master = master;
    this.isLocal = master.equals("local") || master.startsWith("local[");
    this.counters = counters;
    this.effects = effects;
    this.hung = new HungTrials(options.trialTimeout(), effects::hasStarted, effects::kill);
    this.finishBy =
        new FinishBy(
            options.finishBy(), trial -> seconds(trial) * Math.max(1, counters.slowness()), clock);
    this.pause = new Pause(options.storagePatience(), poll, effects::say);
    this.rules = new WaitingTrials.Rules(finishBy::isTooLateFor, this::mustWait, this::isBrief);
    Arrays.fill(states, State.WAITING);
  }

  /**
   * All trials wait, those last that a process has died with; those that died too often have their
   * rows at once.
   */
  void begin(long now) {
    List<Integer> last = new ArrayList<>();
    for (int trial = 0; trial < trials.size(); trial++) {
      int died = deaths.getOrDefault(id(trial), 0);
      if (died >= options.maxDeaths()) {
        quarantine(trial, new ExecutorDeath("noted by an earlier run"), died);
      } else if (isSuspect(trial)) {
        last.add(trial);
      } else {
        waiting.addLast(trial, now);
      }
    }
    last.forEach(trial -> waiting.addLast(trial, now));
  }

  /** Where {@code trial} is. */
  State state(int trial) {
    return states[trial];
  }

  /** Whether no more trials start, because it is late. */
  boolean isTimeOver() {
    return finishBy.isOver();
  }

  /** Whether nothing runs that could end, and nothing waits that may start. */
  boolean isAtRest() {
    return inFlight.isEmpty() && !waiting.isAnyInTime(rules);
  }

  /** What kept trials from being run that were given up. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Submits what may start now, up to a few more trials than cores, so that no core waits for the
   * driver; while storage is away, one trial now and then.
   *
   * @throws SweepAbortedException when storage has been away for too long
   */
  void submitReady(Surroundings around) {
    pause.update(health.outage(around.executors()).or(around::outage), around.now());
    if (pause.isOn()) {
      if (around.outage().isEmpty() && inFlight.isEmpty() && pause.isTimeForOne(around.now())) {
        int trial = waiting.takeOne(rules);
        if (trial >= 0) {
          submit(List.of(trial), Set.of());
        }
      }
      return;
    }
    int limit = 2 * around.slots() + 4;
    Set<String> resting = health.resting(around.now());
    waiting.submit(
        around.now(), rules, group -> submit(group, resting), () -> inFlight.size() < limit);
  }

  private void submit(List<Integer> group, Set<String> resting) {
    group.forEach(trial -> set(trial, State.SUBMITTED));
    everSubmitted.addAll(group);
    effects.submit(group, resting);
  }

  private void set(int trial, State state) {
    states[trial] = state;
    if (state == State.SUBMITTED) {
      inFlight.add(trial);
    } else {
      inFlight.remove(trial);
    }
  }

  /**
   * Whether {@code trial} shares a job with others: it is short, and nothing has gone wrong yet.
   */
  private boolean isBrief(int trial) {
    return seconds(trial) < BRIEF_SECONDS
        && !everSubmitted.contains(trial)
        && !deaths.containsKey(id(trial));
  }

  /** Whether the process has died while it ran this trial and others. */
  private boolean isSuspect(int trial) {
    return isLocal && deaths.containsKey(id(trial));
  }

  /** A suspect waits until nothing runs, and what is none for the end of a suspect. */
  private boolean mustWait(int trial) {
    return isSuspect(trial) ? !inFlight.isEmpty() : inFlight.stream().anyMatch(this::isSuspect);
  }

  /** Looks after what runs: trials that wait for a core for too long, or do not end. */
  void watch(Surroundings around) {
    for (RunningTrials.Running task : finishBy.begunTooLate(around.tasks())) {
      if (states[task.trial()] == State.SUBMITTED
          && !tooLate.contains(task.trial())
          && effects.cancel(task.trial())) {
        tooLate.add(task.trial());
      }
    }
    if (pause.isOn() || around.wellFor().compareTo(HungTrials.OBEDIENCE) < 0) {
      return; // a trial that waits for storage with its row in its hands does not hang
    }
    List<RunningTrials.Running> tasks =
        around.tasks().stream().filter(task -> states[task.trial()] == State.SUBMITTED).toList();
    for (int trial : hung.find(tasks, around.now())) {
      set(trial, State.HUNG);
      Outcome outcome = Outcome.hung(Objects.requireNonNull(options.trialTimeout()));
      effects.note(trial, AttemptLog.End.TIMED_OUT, String.valueOf(outcome.message()));
      effects.commit(trial, outcome);
      counters.lost(outcome.status(), seconds(trial));
    }
  }

  /**
   * {@code trial} is in no job any more.
   *
   * @param end what its task said, null when it did not end
   * @param lost why it did not, null when that was another trial's doing
   * @param executors how many can run a trial
   * @throws SweepAbortedException when too many trials end alike, or can't be run at all
   */
  void left(int trial, @Nullable TrialEnd end, @Nullable LostTask lost, int executors, long now) {
    if (states[trial] == State.HUNG) {
      set(trial, State.DONE);
      return;
    }
    boolean late = tooLate.remove(trial);
    if (end != null) {
      ended(trial, end, executors, now);
    } else if (lost != null && !late) {
      failed(trial, lost, now);
    } else {
      again(trial, now);
    }
  }

  private void ended(int trial, TrialEnd end, int executors, long now) {
    switch (end.kind()) {
      case RAN -> {
        gotThrough(trial, end, now);
        Status status = end.status();
        if (status != null) {
          counters.ran(status, seconds(trial), end.seconds());
          alike.ended(status, end.message());
        }
      }
      case COMMITTED_ELSEWHERE -> {
        gotThrough(trial, end, now);
        counters.committedElsewhere(seconds(trial));
      }
      case REFUSED -> again(trial, now);
      case TROUBLED -> {
        health.failed(end.place(), String.valueOf(end.message()), now - nanos(end), now);
        afterTrouble(trial, end, now);
      }
      case SIGNAL_MISSING -> {
        if (retries.isGone(trial, end.place().executor(), executors)) {
          lost(trial, Outcome.ended(Status.FAILED, Stage.LOAD, String.valueOf(end.message())));
        } else {
          afterTrouble(trial, end, now);
        }
      }
    }
  }

  private void gotThrough(int trial, TrialEnd end, long now) {
    set(trial, State.DONE);
    givenUpInARow = 0;
    effects.forget(trial);
    health.succeeded(end.place(), now - nanos(end)).forEach(effects::say);
  }

  private static long nanos(TrialEnd end) {
    return (long) (1e9 * end.seconds());
  }

  /** Puts {@code trial} in front, not to start before {@code time}. */
  private void again(int trial, long time) {
    set(trial, State.WAITING);
    waiting.addFirst(trial, time);
  }

  /** Puts {@code trial} back after trouble that is not its own, each time for a little longer. */
  private void afterTrouble(int trial, TrialEnd end, long now) {
    effects.note(trial, AttemptLog.End.FAILED, String.valueOf(end.message()));
    again(trial, now + retries.afterTrouble(trial).toNanos());
  }

  private void failed(int trial, LostTask lost, long now) {
    if (lost instanceof ExecutorDeath death) {
      effects.note(trial, AttemptLog.End.DIED, death.reason());
      int count = deaths.merge(id(trial), 1, Integer::sum);
      if (count >= options.maxDeaths()) {
        quarantine(trial, death, count);
      } else {
        again(trial, now);
      }
      return;
    }
    String reason = firstLine(lost.reason());
    effects.note(trial, AttemptLog.End.FAILED, reason);
    if (retries.isWorthAnother(trial)) {
      set(trial, State.WAITING);
      waiting.addLast(trial, now + retries.afterFailure(trial).toNanos());
      return;
    }
    set(trial, State.GIVEN_UP);
    problems.add(id(trial) + ": " + reason);
    if (++givenUpInARow >= GIVEN_UP_IN_A_ROW) {
      throw new SweepAbortedException(
          givenUpInARow
              + " trials in a row could not be run, the last: "
              + problems.get(problems.size() - 1));
    }
  }

  private void quarantine(int trial, ExecutorDeath death, int count) {
    lost(trial, Outcome.ended(death.status(master), null, death.message(count)));
  }

  /** The driver writes the row of {@code trial}. */
  private void lost(int trial, Outcome outcome) {
    set(trial, State.DONE);
    effects.commit(trial, outcome);
    counters.lost(outcome.status(), seconds(trial));
  }

  private TrialId id(int trial) {
    return trials.get(trial).id();
  }

  private double seconds(int trial) {
    return trials.get(trial).cost().seconds();
  }

  static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
