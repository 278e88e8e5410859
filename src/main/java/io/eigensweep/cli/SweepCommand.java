package io.eigensweep.cli;

import io.eigensweep.aggregate.EndedTrial;
import io.eigensweep.aggregate.LearningRates;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Connections;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.job.Job;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.Expansion;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.Plan;
import io.eigensweep.plan.Quantity;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import io.eigensweep.sweep.SweepAbortedException;
import io.eigensweep.sweep.SweepDriver;
import io.eigensweep.sweep.SweepOptions;
import io.eigensweep.sweep.SweepSummary;
import io.eigensweep.trial.Machine;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Runs what is missing of a job. */
final class SweepCommand {
  private static final Set<Status> RETRIED =
      EnumSet.of(Status.FAILED, Status.TIMED_OUT, Status.OUT_OF_MEMORY);

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final SweepOptions options;
  private final Connections connections;
  private @Nullable OwnClaims claims;

  SweepCommand(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      SweepOptions options,
      Connections connections) {
    this.options = options;
    this.connections = connections;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** With claims of a user's own, which go into the folder of the sweep. */
  SweepCommand claiming(Optional<OwnClaims> own) {
    claims = own.orElse(null);
    return this;
  }

  int run(Job job, Configuration conf, String folder, boolean retryFailed) {
    Pictures pictures = Pictures.of(job, conf);
    err.println("pictures: " + pictures.counts());
    Expansion expansion = Grid.expand(job, pictures.signals());
    pictures.notes().forEach(err::println);
    expansion.notes().forEach(err::println);
    Map<TrialId, Trial> planned = expansion.byId();

    ResultStore store = Stores.of(folder, conf);
    FrozenSweep sweep =
        new FrozenSweep(
            Machine.current().codeVersion(),
            Numerics.VERSION,
            job,
            pictures.signals(),
            pictures.stamps(),
            planned.size());
    store
        .readJob()
        .map(FrozenSweep::read)
        .ifPresent(
            earlier -> {
              JobCompatibility.check(earlier, planned, store);
              new ReplacedFiles(earlier, sweep, store, conf).check(planned);
            });
    Set<TrialId> committed = store.committed();
    refuseMisfits(expansion.without(committed));
    store.prepare();
    store.writeJob(sweep.json());
    if (claims != null) {
      claims.keep(store, job.name(), err);
    }
    if (retryFailed) {
      err.printf("%s moved aside to be retried%n", Quantity.count(store.supersede(RETRIED), "row"));
      committed = store.committed();
    }

    List<Trial> missing = expansion.without(committed);
    if (missing.isEmpty()) {
      out.printf(Locale.ROOT, "nothing to do: all %d trials are committed%n", planned.size());
      CommittedRows.of(store, planned.keySet()).printTroubles(err);
      return 0;
    }
    SweepSummary summary;
    boolean interrupted;
    try (Interruption interruption = new Interruption()) {
      summary = distribute(job, store, pictures, expansion, committed, interruption);
      interrupted = interruption.requested();
    } catch (ResultStoreException e) {
      // What was wrong with the folder has been told by now; this has happened since.
      throw SweepAbortedException.withoutStorage(String.valueOf(e.getMessage()));
    }
    if (options.finishBy() != null && !interrupted && !store.committed().isEmpty()) {
      int unused = new AggregateCommand(out, err, connections).run(store, null);
    }
    return interrupted || summary.ended() < missing.size() ? Main.INCOMPLETE : 0;
  }

  /** Before anything is written: a trial that can't fit would only end as OUT_OF_MEMORY. */
  private static void refuseMisfits(List<Trial> missing) {
    int slots = Runtime.getRuntime().availableProcessors();
    Plan.of(missing, 0, CostModel.nominal(), slots)
        .misfit(Cluster.slotMemory(slots))
        .ifPresent(
            misfit -> {
              throw new UsageException(misfit);
            });
  }

  /** Runs those that are not committed, and says how it went, however it ends. */
  private SweepSummary distribute(
      Job job,
      ResultStore store,
      Pictures pictures,
      Expansion planned,
      Set<TrialId> committed,
      Interruption interruption) {
    long start = System.nanoTime();
    SweepSummary summary;
    try {
      summary = distribute(job, store, planned, committed, interruption);
    } catch (RuntimeException | Error e) {
      boolean silent = e instanceof SweepAbortedException aborted && aborted.isStorageGone();
      if (!silent) {
        try {
          summarise(
              store, pictures, planned.byId().keySet(), start, null, interruption.requested());
        } catch (RuntimeException other) {
          e.addSuppressed(other);
        }
      }
      throw e;
    }
    summarise(store, pictures, planned.byId().keySet(), start, summary, interruption.requested());
    return summary;
  }

  private SweepSummary distribute(
      Job job,
      ResultStore store,
      Expansion planned,
      Set<TrialId> committed,
      Interruption interruption) {
    // What trials of this sweep have taken says best what the others will take.
    CostModel model =
        CostModel.nominal().fittedTo(Observations.read(store, planned.byId(), committed));
    List<Trial> missing = planned.without(committed);
    int all = planned.byId().size();
    try (Cluster cluster = connections.forSweep(job.name())) {
      Plan plan = Plan.of(missing, all - missing.size(), model, cluster.slots());
      err.printf(
          Locale.ROOT,
          "%d of %d trials to run on %s into %s%n",
          missing.size(),
          all,
          cluster.master(),
          store.folder());
      return new SweepDriver(cluster, store, options)
          .run(plan.longestFirst(), interruption::requested, err, terminal);
    }
  }

  private void summarise(
      ResultStore store,
      Pictures pictures,
      Set<TrialId> planned,
      long start,
      @Nullable SweepSummary summary,
      boolean interrupted) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    CommittedRows committedRows = CommittedRows.of(store, planned);
    List<EndedTrial> rows = committedRows.ended();
    out.printf(
        Locale.ROOT,
        "pictures: %s, %d refused%n",
        pictures.counts(),
        StatusText.refusedPictures(rows));
    out.printf(
        Locale.ROOT,
        "%d of %d trials committed: %s; this run took %s%n",
        committedRows.committed().size(),
        planned.size(),
        StatusText.counts(rows),
        Quantity.duration(elapsed.toMillis() / 1e3));
    StatusText.printFailures(rows, out);
    committedRows.printTroubles(out);
    SlowLibraryText.print(committedRows.labels(), out);
    LearningRates.warning(rows).ifPresent(out::println);
    SweepSummaryText.print(
        summary, planned.size() - committedRows.committed().size(), interrupted, out);
    out.flush();
  }
}
