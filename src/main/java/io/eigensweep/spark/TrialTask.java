package io.eigensweep.spark;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.result.AttemptLog;
import io.eigensweep.result.ResultStore;
import io.eigensweep.trial.Conditions;
import io.eigensweep.trial.Machine;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialStoppedException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.apache.logging.log4j.ThreadContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One Spark task: runs one trial and commits its row from the executor. Whatever goes wrong in the
 * trial is a row; only a row that can't be stored fails the task.
 */
final class TrialTask extends AbstractFunction1<Iterator<PlannedTrial>, TrialEnd>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Workbench workbench;
  private final String run;
  private final int submission;
  private final SweepOptions options;
  private final @Nullable Instant latestStart;

  /**
   * @param run the sweep's name in the log of attempts
   * @param submission how often the trial was submitted before in this run
   * @param latestStart when it is too late to start, null without a limit
   */
  TrialTask(
      Workbench workbench,
      String run,
      int submission,
      SweepOptions options,
      @Nullable Instant latestStart) {
    this.workbench = workbench;
    this.run = run;
    this.submission = submission;
    this.options = options;
    this.latestStart = latestStart;
  }

  /** The name of an attempt in the log. */
  static String attemptName(String run, int submission, int sparkAttempt) {
    return run + "-" + submission + "-" + sparkAttempt;
  }

  @Override
  public TrialEnd apply(Iterator<PlannedTrial> one) {
    PlannedTrial planned = one.next();
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    thread.setName("trial " + planned.id() + ", " + name);
    ThreadContext.put("trial", planned.id().text()); // a word that log layouts can show
    try {
      return run(planned, TaskContext.get());
    } finally {
      ThreadContext.remove("trial");
      thread.setName(name);
    }
  }

  private TrialEnd run(PlannedTrial planned, TaskContext task) {
    Workbench bench = workbench;
    ResultStore store = bench.store();
    TrialId id = planned.id();
    long start = System.nanoTime();
    if (store.isCommitted(id)) {
      return new TrialEnd(TrialEnd.Kind.COMMITTED_ELSEWHERE, null, 0);
    }
    if (latestStart != null && Instant.now().isAfter(latestStart)) {
      return new TrialEnd(TrialEnd.Kind.POSTPONED, null, 0);
    }
    String attempt = attemptName(run, submission, task.attemptNumber());
    Machine machine = bench.machine();
    store
        .attempts()
        .started(
            id,
            new AttemptLog.Start(
                attempt,
                machine.host(),
                ProcessHandle.current().pid(),
                bench.executor(),
                Instant.now()));
    TrialResult result;
    try {
      result =
          bench
              .runner()
              .run(planned.trial(), submission + task.attemptNumber(), conditions(bench, task));
    } catch (TrialStoppedException e) {
      boolean killed = task.isInterrupted();
      Thread.interrupted(); // the note would fail with it
      store.attempts().ended(id, attempt, AttemptLog.End.STOPPED, String.valueOf(e.getMessage()));
      if (killed) {
        throw new TaskKilledException("stopped");
      }
      return new TrialEnd(TrialEnd.Kind.POSTPONED, null, 0);
    }
    if (task.isInterrupted() && result.outcome().status() == Status.FAILED) {
      throw new TaskKilledException("killed"); // what failed is the kill's doing, not the trial's
    }
    commit(store, result, task);
    return new TrialEnd(
        TrialEnd.Kind.RAN, result.outcome().status(), 1e-9 * (System.nanoTime() - start));
  }

  private Conditions conditions(Workbench bench, TaskContext task) {
    Duration saveEvery = options.saveEvery();
    Instant finishBy = options.finishBy();
    return new Conditions(
        options.trialTimeout(),
        () -> task.isInterrupted() || (finishBy != null && Instant.now().isAfter(finishBy)),
        saveEvery == null ? null : bench.saves(),
        saveEvery == null ? Duration.ZERO : saveEvery);
  }

  /**
   * Stores the row; false of commit says that another attempt was first, and the trial has its row.
   */
  private static void commit(ResultStore store, TrialResult result, TaskContext task) {
    StoragePatience.store(() -> store.commit(result), task);
  }
}
