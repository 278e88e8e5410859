package io.eigensweep.spark;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.result.AttemptLog;
import io.eigensweep.result.ResultStore;
import io.eigensweep.result.ResultStoreException;
import io.eigensweep.trial.Machine;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.FutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Distributes trials, the longest first, and answers for each of them: it keeps a few more trials
 * submitted than there are cores, starts again what died, and writes the row of a trial itself when
 * its attempts can't.
 *
 * <ul>
 *   <li>A death of its executor is noted with the trial; after {@link SweepOptions#maxDeaths} the
 *       trial is quarantined with a row. In local mode the death takes the driver along, and is
 *       noted by the next one; a trial that was in flight then runs last and alone, so that a
 *       second death is its own.
 *   <li>A trial that hangs beyond its timeout, and does not notice it itself, gets its row here;
 *       its task is killed, and where it does not end, Spark's reaper ends the executor.
 *   <li>A row that can't be stored is tried again later, a few times; when several trials in a row
 *       had to be given up, storage is gone and the sweep ends.
 * </ul>
 */
public final class SweepDriver {
  private static final int MAX_FAILURES = 4;
  private static final int GIVEN_UP_IN_A_ROW = 3;
  private static final long TICK_MILLIS = 250;

  /** Trials that are expected to take less share jobs, so many at most. */
  private static final double BRIEF_SECONDS = 2;

  private static final int MAX_GROUP = 32;

  /** How long jobs that were told to stop may take for it, and hung tasks to die. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final JavaSparkContext context;
  private final ResultStore store;
  private final SweepOptions options;
  private final String run;
  private final TrialJobs jobs;
  private final RunningTrials running;

  private List<PlannedTrial> trials = List.of();
  private Tally tally = new Tally(0, 0);
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<Integer, FutureAction<Object>> submitted = new HashMap<>();
  private final Map<Integer, Integer> submissions = new HashMap<>();
  private final Map<Integer, Integer> failures = new HashMap<>();
  private final Map<TrialId, Integer> deaths = new HashMap<>();
  private final Set<Integer> hung = new HashSet<>();
  private final Set<Long> killed = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private int givenUpInARow;

  /** A trial that may be submitted, after {@code notBefore} nanoseconds. */
  private record Waiting(int trial, long notBefore) {}

  /**
   * @param cluster where they run
   * @param store the sweep's folder
   * @param options how patient it is
   */
  public SweepDriver(Cluster cluster, ResultStore store, SweepOptions options) {
    this.cluster = cluster;
    this.context = JavaSparkContext.fromSparkContext(cluster.session().sparkContext());
    this.store = store;
    this.options = options;
    this.run =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT)
                .format(Instant.now().atOffset(ZoneOffset.UTC))
            + "-"
            + UUID.randomUUID().toString().substring(0, 6);
    this.jobs = new TrialJobs(context);
    this.running =
        new RunningTrials(
            trial -> trials.get(trial).cost().seconds(),
            cluster.executorCores(),
            System.currentTimeMillis());
  }

  /**
   * Runs {@code longestFirst}; returns when each has its row, or was postponed or given up.
   *
   * @param stop whether the user wants it to end, asked often
   * @param out where progress is shown
   * @param terminal whether that is a terminal
   * @throws SweepAbortedException when no trial can be stored, or the connection to Spark is lost
   */
  public SweepSummary run(
      List<PlannedTrial> longestFirst, BooleanSupplier stop, PrintStream out, boolean terminal) {
    trials = longestFirst;
    tally =
        new Tally(
            trials.size(), trials.stream().mapToDouble(trial -> trial.cost().seconds()).sum());
    List<TrialId> ids = trials.stream().map(PlannedTrial::id).toList();
    LostProcesses.note(store.attempts(), ids, Machine.current().host());
    deaths.putAll(store.attempts().deaths(ids));
    Workbench workbench = new Workbench(run, store.folder(), context.hadoopConfiguration());
    context.sc().addSparkListener(running);
    try (Progress progress = new Progress(tally, running, out, terminal)) {
      progress.start();
      List<Waiting> last = new ArrayList<>();
      for (int trial = 0; trial < trials.size(); trial++) {
        int died = deaths.getOrDefault(trials.get(trial).id(), 0);
        if (died >= options.maxDeaths()) {
          quarantine(trial, new Death("noted by an earlier run"), died);
        } else {
          (isSuspect(trial) ? last : waiting).add(new Waiting(trial, System.nanoTime()));
        }
      }
      waiting.addAll(last);
      while (!stop.getAsBoolean()) {
        boolean more = submitReady(workbench);
        if (!more && hung.containsAll(submitted.keySet())) {
          break;
        }
        TrialJobs.@Nullable Completed completed = jobs.next(TICK_MILLIS);
        while (completed != null) {
          handle(completed);
          completed = jobs.next(0);
        }
        endHungTrials();
      }
      stopSubmitted();
    } catch (RuntimeException | Error e) {
      noteStopped("the sweep has ended: " + e.getMessage(), e::addSuppressed);
      throw e;
    } finally {
      context.sc().removeSparkListener(running);
      context.clearCallSite();
      context.setJobDescription(null);
    }
    return summary();
  }

  /**
   * Submits what may start now, up to a few more trials than cores, so that no core waits for the
   * driver. False when nothing is left that could ever start.
   */
  private boolean submitReady(Workbench workbench) {
    int limit = 2 * Math.max(running.slots(), cluster.slots()) + 4;
    long now = System.nanoTime();
    boolean later = false;
    List<Integer> group = new ArrayList<>();
    Iterator<Waiting> queue = waiting.iterator();
    while (queue.hasNext() && (!group.isEmpty() || submitted.size() - hung.size() < limit)) {
      Waiting next = queue.next();
      int trial = next.trial();
      @Nullable Instant latestStart = latestStart(trial);
      if (latestStart != null && Instant.now().isAfter(latestStart)) {
        continue; // it stays planned; a shorter one may fit
      }
      later = true;
      if (!isBrief(trial) || group.size() == MAX_GROUP) {
        submit(group, workbench);
        group.clear();
      }
      if (next.notBefore() - now <= 0 && !mustWait(trial)) {
        queue.remove();
        group.add(trial);
        if (!isBrief(trial)) {
          submit(group, workbench);
          group.clear();
        }
      }
    }
    submit(group, workbench);
    return later;
  }

  /** Submits one job for {@code group}, which may be empty. */
  private void submit(List<Integer> group, Workbench workbench) {
    if (group.isEmpty()) {
      return;
    }
    // Trials of one job have been submitted equally often, and the first has the least time.
    int submission = 0;
    for (int trial : group) {
      submission = submissions.merge(trial, 1, Integer::sum) - 1;
    }
    TrialTask task = new TrialTask(workbench, run, submission, options, latestStart(group.get(0)));
    List<Integer> places = List.copyOf(group);
    FutureAction<Object> job = jobs.submit(places, places.stream().map(trials::get).toList(), task);
    places.forEach(trial -> submitted.put(trial, job));
  }

  /**
   * Whether {@code trial} shares a job with others: it is short, and nothing has gone wrong yet.
   */
  private boolean isBrief(int trial) {
    return trials.get(trial).cost().seconds() < BRIEF_SECONDS
        && !submissions.containsKey(trial)
        && !deaths.containsKey(trials.get(trial).id());
  }

  /** Whether the process has died while it ran this trial and others. */
  private boolean isSuspect(int trial) {
    return cluster.isLocal() && deaths.containsKey(trials.get(trial).id());
  }

  /** A suspect waits until nothing runs, and what is none for the end of a suspect. */
  private boolean mustWait(int trial) {
    return isSuspect(trial)
        ? submitted.size() > hung.size()
        : submitted.keySet().stream().anyMatch(other -> isSuspect(other) && !hung.contains(other));
  }

  /** When {@code trial} must start to end in time, null without a limit. */
  private @Nullable Instant latestStart(int trial) {
    Instant finishBy = options.finishBy();
    if (finishBy == null) {
      return null;
    }
    double seconds = trials.get(trial).cost().seconds() * Math.max(1, tally.slowness());
    return finishBy.minusMillis((long) (1000 * seconds));
  }

  private void handle(TrialJobs.Completed completed) {
    int trial = completed.trial();
    submitted.remove(trial);
    if (hung.remove(trial)) {
      return; // it has its row
    }
    TrialEnd end = completed.end();
    String failure = completed.failure();
    double predicted = trials.get(trial).cost().seconds();
    if (failure != null) {
      failed(trial, failure);
    } else if (end == null) {
      waiting.addFirst(new Waiting(trial, System.nanoTime()));
    } else if (end.kind() != TrialEnd.Kind.POSTPONED) {
      givenUpInARow = 0;
      running.forget(trial);
      if (end.status() == null) {
        tally.committedElsewhere(predicted);
      } else {
        tally.ran(end.status(), predicted, end.seconds());
      }
    }
  }

  private void failed(int trial, String failure) {
    if (context.sc().isStopped()) {
      throw new SweepAbortedException("Spark has ended the application: " + firstLine(failure));
    }
    TrialId id = trials.get(trial).id();
    Optional<Death> death = Death.of(failure);
    if (death.isPresent()) {
      note(trial, AttemptLog.End.DIED, death.get().reason());
      int count = deaths.merge(id, 1, Integer::sum);
      if (count >= options.maxDeaths()) {
        quarantine(trial, death.get(), count);
      } else {
        waiting.addFirst(new Waiting(trial, System.nanoTime()));
      }
      return;
    }
    note(trial, AttemptLog.End.FAILED, firstLine(failure));
    int count = failures.merge(trial, 1, Integer::sum);
    if (count < MAX_FAILURES) {
      waiting.addLast(
          new Waiting(trial, System.nanoTime() + Duration.ofSeconds(5L << count).toNanos()));
      return;
    }
    problems.add(id + ": " + firstLine(failure));
    if (++givenUpInARow >= GIVEN_UP_IN_A_ROW) {
      throw new SweepAbortedException(
          givenUpInARow
              + " trials in a row could not be run or stored, the last: "
              + problems.get(problems.size() - 1));
    }
  }

  /** Notes how the latest attempt at {@code trial} has ended; storage may just be away. */
  private void note(int trial, AttemptLog.End end, String message) {
    try {
      store.attempts().ended(trials.get(trial).id(), attemptName(trial), end, message);
    } catch (ResultStoreException e) {
      warn(e);
    }
  }

  private static void warn(ResultStoreException away) {
    LogManager.getLogger(SweepDriver.class).warn("an end is not noted: {}", away.getMessage());
  }

  private void quarantine(int trial, Death death, int count) {
    Outcome outcome = Outcome.ended(death.status(cluster.master()), null, death.message(count));
    commit(trial, outcome);
    tally.lost(outcome.status(), trials.get(trial).cost().seconds());
  }

  /** Kills trials that run beyond their timeout and have not noticed it themselves. */
  private void endHungTrials() {
    Duration timeout = options.trialTimeout();
    if (timeout == null) {
      return;
    }
    long grace = Math.min(60_000, 2_000 + timeout.toMillis() / 4);
    long latest = System.currentTimeMillis() - timeout.toMillis() - grace;
    for (RunningTrials.Running task : running.now()) {
      if (task.startMillis() < latest
          && submitted.containsKey(task.trial())
          && killed.add(task.task())) {
        context.sc().killTaskAttempt(task.task(), true, "the trial's timeout is over");
        endHungTrial(task.trial(), timeout);
      }
    }
  }

  private void endHungTrial(int trial, Duration timeout) {
    TrialId id = trials.get(trial).id();
    String attempt = attemptName(trial);
    if (hung.contains(trial) || !store.attempts().hasStarted(id, attempt)) {
      return; // a task that hangs before its trial is not the trial's fault; Spark runs it again
    }
    hung.add(trial);
    Outcome outcome = Outcome.hung(timeout);
    commit(trial, outcome);
    store
        .attempts()
        .ended(id, attempt, AttemptLog.End.TIMED_OUT, String.valueOf(outcome.message()));
    tally.lost(outcome.status(), trials.get(trial).cost().seconds());
  }

  /** Writes the row of a trial whose attempts can't. */
  private void commit(int trial, Outcome outcome) {
    RunningTrials.@Nullable Running last = running.latest(trial).orElse(null);
    Instant start = last == null ? Instant.now() : Instant.ofEpochMilli(last.startMillis());
    boolean unused =
        store.commit(
            TrialResult.ofLost(
                trials.get(trial).trial(),
                outcome,
                start,
                last == null ? "unknown" : last.host(),
                Math.max(0, submissions.getOrDefault(trial, 0) - 1)));
    running.forget(trial);
  }

  /** Tells what still runs to stop, and waits a little for it. */
  private void stopSubmitted() {
    submitted.values().forEach(FutureAction::cancel);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (running.now().stream().anyMatch(task -> !hung.contains(task.trial()))
        && System.nanoTime() - deadline < 0) {
      TrialJobs.@Nullable Completed completed = jobs.next(TICK_MILLIS);
      countIfEnded(completed);
    }
    for (var late = jobs.next(0); late != null; late = jobs.next(0)) {
      countIfEnded(late);
    }
    noteStopped("it did not stop in time", SweepDriver::warn);
  }

  private void countIfEnded(TrialJobs.@Nullable Completed completed) {
    if (completed != null && completed.end() != null) {
      handle(completed);
    }
  }

  /**
   * Notes of what still runs that it was stopped: it dies with this process, and has done nothing
   * wrong. When storage is away, {@code away} is told, and the others are not tried.
   */
  private void noteStopped(String message, Consumer<ResultStoreException> away) {
    try {
      for (RunningTrials.Running task : running.now()) {
        if (!hung.contains(task.trial())) {
          TrialId id = trials.get(task.trial()).id();
          store.attempts().ended(id, attemptName(task.trial()), AttemptLog.End.STOPPED, message);
        }
      }
    } catch (ResultStoreException e) {
      away.accept(e);
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
        running.availableSeconds(System.currentTimeMillis()),
        running.makespanSeconds(),
        Math.max(tally.seconds() / slots, tally.longestSeconds()));
  }

  private String attemptName(int trial) {
    return TrialTask.attemptName(
        run,
        submissions.getOrDefault(trial, 1) - 1,
        running.latest(trial).map(RunningTrials.Running::sparkAttempt).orElse(0));
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
