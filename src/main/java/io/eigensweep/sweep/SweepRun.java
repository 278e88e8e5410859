package io.eigensweep.sweep;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.ExecutorContext;
import io.eigensweep.cluster.Logs;
import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.TrialId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
final class SweepRun implements SweepEffects {
  private static final long TICK_MILLIS = 250;

  /** How long jobs that were told to stop may take for it. */
  private static final Duration STOPPING = Duration.ofSeconds(20);

  /** What they may take when nobody waits for the process: an epoch may be long, and is saved. */
  private static final Duration LAST_EPOCH = Duration.ofMinutes(2);

  /** What they may take when the sweep is aborted. */
  private static final Duration ABORTING = Duration.ofSeconds(3);

  private final Cluster cluster;
  private final JavaSparkContext context;
  private final SweepOptions options;
  private final String run;
  private final List<PlannedTrial> trials;
  private final TrialCounters counters;
  private final RunningTrials running;
  private final DriverWrites writes;
  private final Consumer<String> lines;
  private final TrialJobs jobs;
  private final TrialLog log;
  private final ExecutorContext executor;
  private final TrialStates states;
  private final Map<Integer, FutureAction<Object>> submitted = new HashMap<>();

  SweepRun(
      String run,
      Cluster cluster,
      ResultStore store,
      SweepOptions options,
      List<PlannedTrial> trials,
      Map<TrialId, Integer> deaths,
      TrialCounters counters,
      RunningTrials running,
      DriverWrites writes,
      Consumer<String> lines) {
    this.run = run;
    this.cluster = cluster;
    this.context = JavaSparkContext.fromSparkContext(cluster.session().sparkContext());
    this.options = options;
    this.trials = trials;
    this.counters = counters;
    this.running = running;
    this.writes = writes;
    this.lines = lines;
    this.jobs = new TrialJobs(context);
    this.log = new TrialLog(run, trials, store, writes, running);
    StorageBackoff backoff = new StorageBackoff(options.storagePatience());
    this.executor =
        new ExecutorContext(run, store.folder(), context.hadoopConfiguration(), backoff);
    this.states =
        new TrialStates(
            trials,
            deaths,
            options,
            backoff.poll(),
            cluster.master(),
            Instant::now,
            counters,
            this);
  }

  /** Runs all trials, or until {@code stop}. */
  SweepSummary run(BooleanSupplier stop) {
    try {
      states.begin(System.nanoTime());
      while (!stop.getAsBoolean() && !states.isTimeOver()) {
        states.submitReady(surroundings());
        if (states.isAtRest()) {
          break;
        }
        TrialJobs.@Nullable Completed completed = jobs.next(TICK_MILLIS);
        while (completed != null) {
          handle(completed);
          completed = jobs.next(0);
        }
        states.watch(surroundings());
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

  private TrialStates.Surroundings surroundings() {
    return new TrialStates.Surroundings(
        System.nanoTime(),
        running.executors(),
        Math.max(running.slots(), cluster.slots()),
        running.now(),
        writes.outage(),
        writes.wellFor());
  }

  private void handle(TrialJobs.Completed completed) {
    submitted.remove(completed.trial());
    String failure = completed.failure();
    if (failure != null && context.sc().isStopped()) {
      throw new SweepAbortedException(
          "Spark has ended the application: " + TrialStates.firstLine(failure));
    }
    @Nullable LostTask lost = failure == null ? null : running.lost(completed.trial(), failure);
    states.left(
        completed.trial(), completed.end(), lost, running.executors().size(), System.nanoTime());
  }

  @Override
  public void submit(List<Integer> group, Set<String> resting) {
    // Trials of one job have been submitted equally often.
    int submission = 0;
    for (int trial : group) {
      submission = log.submit(trial);
    }
    running.submitted(group);
    TrialTask task = new TrialTask(executor, run, submission, options, resting);
    FutureAction<Object> job = jobs.submit(group, group.stream().map(trials::get).toList(), task);
    group.forEach(trial -> submitted.put(trial, job));
  }

  @Override
  public boolean cancel(int trial) {
    @Nullable FutureAction<Object> job = submitted.get(trial);
    if (job == null || Collections.frequency(submitted.values(), job) > 1) {
      return false;
    }
    job.cancel();
    return true;
  }

  @Override
  public void kill(long task) {
    boolean unused = context.sc().killTaskAttempt(task, true, "the trial's timeout is over");
  }

  @Override
  public boolean hasStarted(int trial) {
    return log.hasStarted(trial);
  }

  @Override
  public void note(int trial, AttemptLog.End end, String message) {
    log.ended(trial, end, message);
  }

  @Override
  public void commit(int trial, Outcome outcome) {
    log.commit(trial, outcome);
  }

  @Override
  public void forget(int trial) {
    running.forget(trial);
  }

  @Override
  public void say(String line) {
    lines.accept(line);
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
    while (running.now().stream()
            .anyMatch(task -> states.state(task.trial()) != TrialStates.State.HUNG)
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
      if (states.state(task.trial()) != TrialStates.State.HUNG) {
        log.ended(task.trial(), AttemptLog.End.STOPPED, message);
      }
    }
  }

  private SweepSummary summary() {
    int slots = Math.max(1, running.slots());
    List<String> problems = states.problems();
    return new SweepSummary(
        counters.ended(),
        trials.size() - counters.ended() - problems.size(),
        problems.size(),
        problems.isEmpty() ? "" : problems.get(0),
        slots,
        running.busySeconds(),
        running.availableSeconds(),
        running.makespanSeconds(),
        Math.max(counters.seconds() / slots, counters.longestSeconds()));
  }
}
