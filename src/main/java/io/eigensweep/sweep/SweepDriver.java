package io.eigensweep.sweep;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.store.ProcessMark;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Distributes trials, the longest first, and answers for each of them: it keeps a few more trials
 * submitted than there are cores, starts again what died, and writes the row of a trial itself when
 * its attempts can't. {@link SweepRun} is what it does meanwhile.
 */
public final class SweepDriver {
  private final Cluster cluster;
  private final ResultStore store;
  private final SweepOptions options;
  private final String run;

  /**
   * @param cluster where they run
   * @param store the sweep's folder
   * @param options how patient it is
   */
  public SweepDriver(Cluster cluster, ResultStore store, SweepOptions options) {
    this.cluster = cluster;
    this.store = store;
    this.options = options;
    this.run =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT)
                .format(Instant.now().atOffset(ZoneOffset.UTC))
            + "-"
            + UUID.randomUUID().toString().substring(0, 6);
  }

  /**
   * Runs {@code longestFirst}; returns when each has its row, or was postponed or given up.
   *
   * @param stop whether the user wants it to end, asked often
   * @param out where progress is shown
   * @param terminal whether that is a terminal
   * @throws SweepAbortedException when storage is away for too long, when trials fail that are not
   *     to blame, or the connection to Spark is lost
   */
  public SweepSummary run(
      List<PlannedTrial> longestFirst, BooleanSupplier stop, PrintStream out, boolean terminal) {
    try {
      return distribute(longestFirst, stop, out, terminal);
    } catch (ResultStoreException e) {
      SweepAbortedException aborted =
          SweepAbortedException.withoutStorage(String.valueOf(e.getMessage()));
      aborted.initCause(e);
      EndedRuns.ofThisMachine().add(run);
      throw aborted;
    } catch (SweepAbortedException e) {
      if (e.isStorageGone()) {
        EndedRuns.ofThisMachine().add(run);
      }
      throw e;
    }
  }

  private SweepSummary distribute(
      List<PlannedTrial> trials, BooleanSupplier stop, PrintStream out, boolean terminal) {
    List<TrialId> ids = trials.stream().map(PlannedTrial::id).toList();
    StorageBackoff backoff = new StorageBackoff(options.storagePatience());
    backoff.run(() -> store.attempts().renew(run));
    backoff.run(
        () ->
            new LostProcesses(
                    store.attempts(),
                    run,
                    ProcessMark.current(),
                    EndedRuns.ofThisMachine(),
                    StorageBackoff::pause,
                    out::println)
                .note(ids));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(cluster.session().sparkContext());
    RunningTrials running =
        new RunningTrials(
            trial -> trials.get(trial).cost().seconds(), cluster.executorCores(), System::nanoTime);
    TrialCounters counters =
        new TrialCounters(
            trials.size(),
            trials.stream().mapToDouble(trial -> trial.cost().seconds()).sum(),
            cluster.slots());
    context.sc().addSparkListener(running);
    Duration retry = Duration.ofMillis(Math.min(5000, options.storagePatience().toMillis() / 4));
    try (Progress progress = new Progress(counters, running, out, terminal);
        DriverWrites writes = new DriverWrites(this::beat, LostProcesses.RENEWAL, retry)) {
      Map<TrialId, Integer> deaths = store.attempts().deaths(ids);
      progress.start();
      SweepRun sweep =
          new SweepRun(
              run,
              cluster,
              store,
              options,
              trials,
              deaths,
              counters,
              running,
              writes,
              progress::say);
      SweepSummary summary = sweep.run(stop);
      store.attempts().forgetRun(run);
      return summary;
    } finally {
      context.sc().removeSparkListener(running);
      context.clearCallSite();
      context.setJobDescription(null);
    }
  }

  /** Proves that the sweep's folder is there and has room, and that this driver lives. */
  private void beat() {
    store.requireThere();
    store.attempts().renew(run);
    store.requireRoom();
  }
}
