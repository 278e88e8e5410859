package io.eigensweep.sweep;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Logs;
import io.eigensweep.cluster.StoragePatience;
import io.eigensweep.cluster.Workbench;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Stage;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.FutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * One run of a sweep.
 *
 * <ul>
 *   <li>A death of its executor is noted with the trial; after {@link SweepOptions#maxDeaths} the
 *       trial is quarantined with a row. In local mode the death takes the driver along, and is
 *       noted by the next one; a trial that was in flight then runs last and alone, so that a
 *       second death is its own.
 *   <li>A trial that hangs beyond its timeout, and does not notice it itself, gets its row here;
 *       its task is killed, and where it does not end, Spark's reaper ends the executor.
 *   <li>A trial that fails because its signal can't be read or its row not be stored is tried
 *       again, for as long as it takes: {@link ExecutorHealth} tells a sick machine from storage
 *       that is away, {@link Pause} waits for it. Only a file that was removed from a folder that
 *       is there is the trial's fate.
 *   <li>Trials that Spark itself can't run are given up after a few times; several in a row end the
 *       sweep.
 * </ul>
 */
final class SweepRun {
  private static final int GIVEN_UP_IN_A_ROW = 3;
  private static final long TICK_MILLIS = 250;

  /** Trials that are expected to take less share jobs. */
  private static final double BRIEF_SECONDS = 2;

  /** How long jobs that were told to stop may take for it. */
  private static final Duration STOPPING = Duration.ofSeconds(20);

  /** The same when nobody waits for the process: an epoch may be long, and is saved then. */
  private static final Duration LAST_EPOCH = Duration.ofMinutes(2);

  /** The same when the sweep is aborted. */
  private static final Duration ABORTING = Duration.ofSeconds(3);

  private final Cluster cluster;
  private final JavaSparkContext context;
  private final SweepOptions options;
  private final String run;
  private final List<PlannedTrial> trials;
  private final Map<TrialId, Integer> deaths;
  private final Tally tally;
  private final RunningTrials running;
  private final DriverWrites writes;
  private final Consumer<String> lines;
  private final TrialJobs jobs;
  private final TrialLog log;
  private final Workbench workbench;
  private final HungTrials hung;
  private final FinishBy finishBy;
  private final ExecutorHealth health = new ExecutorHealth();
  private final AlikeFailures alike = new AlikeFailures();
  private final Pause pause;
  private final WaitingTrials waiting = new WaitingTrials();
  private final WaitingTrials.Rules rules;
  private final Map<Integer, FutureAction<Object>> submitted = new HashMap<>();
  private final Retries retries = new Retries();
  private final Set<Integer> tooLate = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private int givenUpInARow;

  SweepRun(
      String run,
      Cluster cluster,
      ResultStore store,
      SweepOptions options,
      List<PlannedTrial> trials,
      Map<TrialId, Integer> deaths,
      Tally tally,
      RunningTrials running,
      DriverWrites writes,
      Consumer<String> lines) {
    this.run = run;
    this.cluster = cluster;
    this.context = JavaSparkContext.fromSparkContext(cluster.session().sparkContext());
    this.options = options;
    this.trials = trials;
    this.deaths = new HashMap<>(deaths);
    this.tally = tally;
    this.running = running;
    this.writes = writes;
    this.lines = lines;
    this.jobs = new TrialJobs(context);
    this.log = new TrialLog(run, trials, store, writes, running);
    this.hung =
        new HungTrials(
            options.trialTimeout(),
            log::hasStarted,
            task -> context.sc().killTaskAttempt(task, true, "the trial's timeout is over"));
    this.finishBy =
        new FinishBy(
            options.finishBy(),
            trial -> trials.get(trial).cost().seconds() * Math.max(1, tally.slowness()),
            Instant::now);
    this.rules = new WaitingTrials.Rules(finishBy::isTooLateFor, this::mustWait, this::isBrief);
    StoragePatience patience = new StoragePatience(options.storagePatience());
    this.workbench = new Workbench(run, store.folder(), context.hadoopConfiguration(), patience);
    this.pause = new Pause(patience.longest(), patience.poll(), lines);
  }

  /** Runs all trials, or until {@code stop}. */
  SweepSummary run(BooleanSupplier stop) {
    try {
      queue();
      while (!stop.getAsBoolean() && !finishBy.isOver()) {
        pause.update(health.outage(running.executors()).or(writes::outage), System.nanoTime());
        submitReady();
        if (hung.all().containsAll(submitted.keySet()) && !waiting.isAnyInTime(rules)) {
          break;
        }
        TrialJobs.@Nullable Completed completed = jobs.next(TICK_MILLIS);
        while (completed != null) {
          handle(completed);
          completed = jobs.next(0);
        }
        stopLateStarts();
        endHungTrials();
      }
      stopSubmitted(stop.getAsBoolean() ? STOPPING : LAST_EPOCH);
      Duration wait = stop.getAsBoolean() ? STOPPING : options.storagePatience();
      if (!writes.await(wait)) {
        throw SweepAbortedException.withoutStorage(
            "the driver's last rows and notes can't be stored: "
                + writes.outage().map(Outage::reason).orElse("storage does not answer"));
      }
    } catch (RuntimeException | Error e) {
      Logs.silenceLostTasks();
      cancelAndAwait(ABORTING, ended -> {}); // none may be writing when the process ends
      noteStopped("the sweep has ended: " + e.getMessage());
      boolean unused = writes.await(Duration.ofSeconds(writes.outage().isEmpty() ? 5 : 0));
      throw e;
    }
    return summary();
  }

  private void queue() {
    List<Integer> last = new ArrayList<>();
    long now = System.nanoTime();
    for (int trial = 0; trial < trials.size(); trial++) {
      int died = deaths.getOrDefault(trials.get(trial).id(), 0);
      if (died >= options.maxDeaths()) {
        quarantine(trial, new Death("noted by an earlier run"), died);
      } else if (isSuspect(trial)) {
        last.add(trial);
      } else {
        waiting.addLast(trial, now);
      }
    }
    last.forEach(trial -> waiting.addLast(trial, now));
  }

  /**
   * Submits what may start now, up to a few more trials than cores, so that no core waits for the
   * driver; while storage is away, one trial now and then.
   */
  private void submitReady() {
    long now = System.nanoTime();
    if (pause.isOn()) {
      if (writes.outage().isEmpty()
          && submitted.size() == hung.all().size()
          && pause.isTimeForOne(now)) {
        int trial = waiting.takeOne(rules);
        if (trial >= 0) {
          submit(List.of(trial), Set.of());
        }
      }
      return;
    }
    int limit = 2 * Math.max(running.slots(), cluster.slots()) + 4;
    Set<String> resting = health.resting(now);
    waiting.submit(
        now,
        rules,
        group -> submit(group, resting),
        () -> submitted.size() - hung.all().size() < limit);
  }

  private void submit(List<Integer> group, Set<String> resting) {
    // Trials of one job have been submitted equally often.
    int submission = 0;
    for (int trial : group) {
      submission = log.submit(trial);
    }
    TrialTask task = new TrialTask(workbench, run, submission, options, resting);
    FutureAction<Object> job = jobs.submit(group, group.stream().map(trials::get).toList(), task);
    group.forEach(trial -> submitted.put(trial, job));
  }

  /**
   * Whether {@code trial} shares a job with others: it is short, and nothing has gone wrong yet.
   */
  private boolean isBrief(int trial) {
    return trials.get(trial).cost().seconds() < BRIEF_SECONDS
        && log.isFresh(trial)
        && !deaths.containsKey(trials.get(trial).id());
  }

  /** Whether the process has died while it ran this trial and others. */
  private boolean isSuspect(int trial) {
    return cluster.isLocal() && deaths.containsKey(trials.get(trial).id());
  }

  /** A suspect waits until nothing runs, and what is none for the end of a suspect. */
  private boolean mustWait(int trial) {
    return isSuspect(trial)
        ? submitted.size() > hung.all().size()
        : submitted.keySet().stream()
            .anyMatch(other -> isSuspect(other) && !hung.all().contains(other));
  }

  /** Trials that were in time when they were submitted, and had to wait for a core for too long. */
  private void stopLateStarts() {
    for (RunningTrials.Running task : finishBy.begunTooLate(running.now())) {
      @Nullable FutureAction<Object> job = submitted.get(task.trial());
      boolean alone = Collections.frequency(submitted.values(), job) == 1;
      if (job != null && alone && tooLate.add(task.trial())) {
        job.cancel();
      }
    }
  }

  private void handle(TrialJobs.Completed completed) {
    int trial = completed.trial();
    submitted.remove(trial);
    if (hung.forget(trial)) {
      return; // it has its row
    }
    TrialEnd end = completed.end();
    String failure = completed.failure();
    boolean late = tooLate.remove(trial);
    if (end != null) {
      handle(trial, end);
    } else if (failure != null && !late) {
      failed(trial, failure);
    } else {
      waiting.addFirst(trial, System.nanoTime());
    }
  }

  private void handle(int trial, TrialEnd end) {
    double predicted = trials.get(trial).cost().seconds();
    long now = System.nanoTime();
    switch (end.kind()) {
      case RAN -> {
        gotThrough(trial, end, now);
        Status status = end.status();
        if (status != null) {
          tally.ran(status, predicted, end.seconds());
          alike.ended(status, end.message());
        }
      }
      case COMMITTED_ELSEWHERE -> {
        gotThrough(trial, end, now);
        tally.committedElsewhere(predicted);
      }
      case REFUSED -> waiting.addFirst(trial, now);
      case TROUBLED -> {
        health.failed(end.place(), String.valueOf(end.message()), now - nanos(end), now);
        tryAgain(trial, end);
      }
      case SIGNAL_MISSING -> {
        if (retries.isGone(trial, end.place().executor(), running.executors().size())) {
          log.commit(
              trial, Outcome.ended(Status.FAILED, Stage.LOAD, String.valueOf(end.message())));
          tally.lost(Status.FAILED, predicted);
        } else {
          tryAgain(trial, end);
        }
      }
    }
  }

  private void gotThrough(int trial, TrialEnd end, long now) {
    givenUpInARow = 0;
    running.forget(trial);
    health.succeeded(end.place(), now - nanos(end)).forEach(lines);
  }

  private static long nanos(TrialEnd end) {
    return (long) (1e9 * end.seconds());
  }

  /** Puts {@code trial} back after trouble that is not its own, each time for a little longer. */
  private void tryAgain(int trial, TrialEnd end) {
    log.ended(trial, AttemptLog.End.FAILED, String.valueOf(end.message()));
    waiting.addFirst(trial, System.nanoTime() + retries.afterTrouble(trial).toNanos());
  }

  private void failed(int trial, String failure) {
    if (context.sc().isStopped()) {
      throw new SweepAbortedException("Spark has ended the application: " + firstLine(failure));
    }
    TrialId id = trials.get(trial).id();
    Optional<Death> death = Death.of(failure);
    if (death.isPresent()) {
      log.ended(trial, AttemptLog.End.DIED, death.get().reason());
      int count = deaths.merge(id, 1, Integer::sum);
      if (count >= options.maxDeaths()) {
        quarantine(trial, death.get(), count);
      } else {
        waiting.addFirst(trial, System.nanoTime());
      }
      return;
    }
    log.ended(trial, AttemptLog.End.FAILED, firstLine(failure));
    if (retries.isWorthAnother(trial)) {
      waiting.addLast(trial, System.nanoTime() + retries.afterFailure(trial).toNanos());
      return;
    }
    problems.add(id + ": " + firstLine(failure));
    if (++givenUpInARow >= GIVEN_UP_IN_A_ROW) {
      throw new SweepAbortedException(
          givenUpInARow
              + " trials in a row could not be run, the last: "
              + problems.get(problems.size() - 1));
    }
  }

  private void quarantine(int trial, Death death, int count) {
    Outcome outcome = Outcome.ended(death.status(cluster.master()), null, death.message(count));
    log.commit(trial, outcome);
    tally.lost(outcome.status(), trials.get(trial).cost().seconds());
  }

  /** Kills trials that run beyond their timeout and have not noticed it themselves. */
  private void endHungTrials() {
    if (pause.isOn() || writes.wellFor().compareTo(HungTrials.OBEDIENCE) < 0) {
      return; // a trial that waits for storage with its row in its hands does not hang
    }
    List<RunningTrials.Running> tasks =
        running.now().stream().filter(task -> submitted.containsKey(task.trial())).toList();
    for (int trial : hung.find(tasks, System.nanoTime())) {
      Outcome outcome = Outcome.hung(Objects.requireNonNull(options.trialTimeout()));
      log.ended(trial, AttemptLog.End.TIMED_OUT, String.valueOf(outcome.message()));
      log.commit(trial, outcome);
      tally.lost(outcome.status(), trials.get(trial).cost().seconds());
    }
  }

  /** Tells what still runs to stop, and waits a little for it. */
  private void stopSubmitted(Duration longest) {
    cancelAndAwait(longest, this::countIfEnded);
    for (var late = jobs.next(0); late != null; late = jobs.next(0)) {
      countIfEnded(late);
    }
    noteStopped("it did not stop in time");
  }

  private void cancelAndAwait(Duration longest, Consumer<TrialJobs.@Nullable Completed> ended) {
    submitted.values().forEach(FutureAction::cancel);
    long deadline = System.nanoTime() + longest.toNanos();
    while (running.now().stream().anyMatch(task -> !hung.all().contains(task.trial()))
        && System.nanoTime() - deadline < 0) {
      ended.accept(jobs.next(TICK_MILLIS));
    }
  }

  private void countIfEnded(TrialJobs.@Nullable Completed completed) {
    if (completed != null && completed.end() != null) {
      handle(completed);
    }
  }

  /**
   * Notes of what still runs that it was stopped: it dies with this process, and has done nothing
   * wrong.
   */
  private void noteStopped(String message) {
    for (RunningTrials.Running task : running.now()) {
      if (!hung.all().contains(task.trial())) {
        log.ended(task.trial(), AttemptLog.End.STOPPED, message);
      }
    }
  }

  private SweepSummary summary() {
    int slots = Math.max(1, running.slots());
    return new SweepSummary(
        tally.ended(),
        trials.size() - tally.ended() - problems.size(),
        problems.size(),
        problems.isEmpty() ? "" : problems.get(0),
        slots,
        running.busySeconds(),
        running.availableSeconds(),
        running.makespanSeconds(),
        Math.max(tally.seconds() / slots, tally.longestSeconds()));
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
