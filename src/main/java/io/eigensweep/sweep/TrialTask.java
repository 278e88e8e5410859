package io.eigensweep.sweep;

import io.eigensweep.cluster.ExecutorContext;
import io.eigensweep.cluster.Place;
import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import io.eigensweep.trial.AttemptFailedException;
import io.eigensweep.trial.Conditions;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialStoppedException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One Spark task: runs one trial and commits its row from the executor. Whatever goes wrong in the
 * trial is a row; what goes wrong around it is told to the driver, who decides. Before the trial
 * has done anything the task waits for storage only briefly, as nothing is lost by trying
 * elsewhere; with a row in its hands it waits as long as the sweep does.
 */
final class TrialTask extends AbstractFunction1<Iterator<PlannedTrial>, TrialEnd>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How long an executor that gets no work keeps a trial from coming back to it at once. */
  private static final Duration REFUSAL = Duration.ofSeconds(5);

  private final ExecutorContext executor;
  private final String run;
  private final int submission;
  private final SweepOptions options;
  private final TreeSet<String> resting;

  /**
   * @param run the sweep's name in the log of attempts
   * @param submission how often the trial was submitted before in this run
   * @param resting executors that are not to run it
   */
  TrialTask(
      ExecutorContext executor,
      String run,
      int submission,
      SweepOptions options,
      Set<String> resting) {
    this.executor = executor;
    this.run = run;
    this.submission = submission;
    this.options = options;
    this.resting = new TreeSet<>(resting);
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
    Place place = executor.place();
    if (resting.contains(place.executor())) {
      StorageBackoff.pause(REFUSAL);
      return TrialEnd.without(TrialEnd.Kind.REFUSED, place, 0, null);
    }
    AttemptLog attempts = executor.store().attempts();
    TrialId id = planned.id();
    String attempt = attemptName(run, submission, task.attemptNumber());
    long start = System.nanoTime();
    try {
      if (!begins(id, attempt, place)) {
        return TrialEnd.without(TrialEnd.Kind.COMMITTED_ELSEWHERE, place, 0, null);
      }
      TrialResult result =
          executor
              .runner()
              .run(planned.trial(), submission + task.attemptNumber(), conditions(task));
      if (task.isInterrupted() && result.outcome().status() == Status.FAILED) {
        throw new TaskKilledException("killed"); // what failed is the kill's doing
      }
      commit(result);
      quietly(() -> attempts.committed(id, attempt));
      return TrialEnd.ran(place, secondsSince(start), result.outcome());
    } catch (TrialStoppedException e) {
      Thread.interrupted(); // the note would fail with it
      quietly(
          () -> {
            executor.store().requireThere();
            attempts.ended(id, attempt, AttemptLog.End.STOPPED, String.valueOf(e.getMessage()));
          });
      throw new TaskKilledException("stopped");
    } catch (AttemptFailedException | ResultStoreException | UncheckedIOException e) {
      if (task.isInterrupted()) {
        throw new TaskKilledException("killed");
      }
      boolean missing = e instanceof AttemptFailedException failed && failed.isMissingSignal();
      return TrialEnd.without(
          missing ? TrialEnd.Kind.SIGNAL_MISSING : TrialEnd.Kind.TROUBLED,
          place,
          secondsSince(start),
          String.valueOf(e.getMessage()));
    }
  }

  /**
   * Notes that the attempt starts, where there is room for its row; false when the trial has its
   * row already.
   */
  private boolean begins(TrialId id, String attempt, Place place) {
    ResultStore store = executor.store();
    try {
      return executor
          .backoff()
          .brief()
          .ask(
              () -> {
                store.requireThere();
                if (store.isCommitted(id)) {
                  return false;
                }
                store.requireRoom();
                store
                    .attempts()
                    .started(
                        id,
                        new AttemptLog.Start(
                            attempt,
                            place.host(),
                            executor.process(),
                            place.executor(),
                            Instant.now()));
                return true;
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Conditions conditions(TaskContext task) {
    Duration saveEvery = options.saveEvery();
    return new Conditions(
        options.trialTimeout(),
        task::isInterrupted,
        saveEvery == null ? null : executor.saves(),
        saveEvery == null ? Duration.ZERO : saveEvery);
  }

  /**
   * Stores the row; false of commit says that another attempt was first, and the trial has its row.
   */
  private void commit(TrialResult result) {
    ResultStore store = executor.store();
    executor
        .backoff()
        .run(
            () -> {
              store.requireThere();
              boolean unused = store.commit(result);
            });
  }

  /** Writes a note that is only for people. */
  private static void quietly(Runnable note) {
    try {
      note.run();
    } catch (ResultStoreException e) {
      LogManager.getLogger(TrialTask.class).info("not noted: {}", e.getMessage());
    }
  }

  private static double secondsSince(long start) {
    return 1e-9 * (System.nanoTime() - start);
  }
}
