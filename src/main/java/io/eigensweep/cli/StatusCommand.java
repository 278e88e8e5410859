package io.eigensweep.cli;

import io.eigensweep.aggregate.EndedTrial;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.Quantity;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what is done of a sweep, from its folder alone. */
final class StatusCommand {
  private static final int OPEN_SHOWN = 10;
  private static final Set<String> COLUMNS = Set.of("started_at", "finished_at");

  private final PrintStream out;

  StatusCommand(PrintStream out) {
    this.out = out;
  }

  int run(ResultStore store) {
    FrozenSweep sweep = FrozenSweep.read(store.readJob().orElseThrow());
    if (sweep.numerics() != Numerics.VERSION) {
      return otherNumerics(sweep, store);
    }
    Map<TrialId, Trial> planned = Grid.expand(sweep.job(), sweep.signals()).byId();
    CommittedRows rows = CommittedRows.of(store, planned.keySet());
    List<EndedTrial> ended = rows.ended();
    out.printf(Locale.ROOT, "%s in %s%n", sweep.job().name(), store.folder());
    out.printf(
        Locale.ROOT,
        "%d of %d trials committed: %s%n",
        rows.committed().size(),
        planned.size(),
        StatusText.counts(ended));
    StatusText.printFailures(ended, out);
    rows.printTroubles(out);
    SlowLibraryText.print(rows.labels(), out);
    Map<TrialId, Trial> missing = new LinkedHashMap<>(planned);
    missing.keySet().removeAll(rows.committed());
    if (!missing.isEmpty()) {
      CostModel model =
          CostModel.nominal().fittedTo(Observations.read(store, planned, rows.readable()));
      Throughput throughput =
          Throughput.of(store.rows(rows.latest(Throughput.LATEST), COLUMNS)).orElse(null);
      printRemaining(missing.values(), model, throughput);
      printOpen(store.attempts().open(missing.keySet()));
    }
    return 0;
  }

  /** Another version names the same trials otherwise, so that none of the rows would be found. */
  private int otherNumerics(FrozenSweep sweep, ResultStore store) {
    out.printf(
        Locale.ROOT,
        "%s in %s%n%d rows of numerics version %d, which this program, of version %d, can't count"
            + " against the job: a program of that version can; aggregate and sql read them%n",
        sweep.job().name(),
        store.folder(),
        store.committed().size(),
        sweep.numerics(),
        Numerics.VERSION);
    return 0;
  }

  /** The work that is left, by what the trials with a row have taken. */
  private void printRemaining(
      Collection<Trial> missing, CostModel model, @Nullable Throughput throughput) {
    double left = missing.stream().mapToDouble(trial -> model.of(trial).seconds()).sum();
    out.printf(Locale.ROOT, "%d to do, about %.2f core-hours", missing.size(), left / 3600);
    if (throughput != null) {
      out.printf(
          Locale.ROOT,
          "; about %s at the pace so far (%.1f at a time); last row at %s",
          Quantity.duration(left / throughput.slots()),
          throughput.slots(),
          throughput.lastRow());
    }
    out.println();
  }

  /** Attempts that have started: storage can't tell whether their machines still run. */
  private void printOpen(Map<TrialId, AttemptLog.Start> open) {
    if (open.isEmpty()) {
      return;
    }
    out.printf(Locale.ROOT, "%d started and not ended, in flight or lost:%n", open.size());
    open.entrySet().stream()
        .sorted(Comparator.comparing(attempt -> attempt.getValue().startedAt()))
        .limit(OPEN_SHOWN)
        .forEach(
            attempt ->
                out.printf(
                    Locale.ROOT,
                    "  %s since %s on %s, executor %s, process %d%n",
                    attempt.getKey(),
                    attempt.getValue().startedAt(),
                    attempt.getValue().host(),
                    attempt.getValue().executor(),
                    attempt.getValue().process().pid()));
    if (open.size() > OPEN_SHOWN) {
      out.printf(Locale.ROOT, "  and %d more%n", open.size() - OPEN_SHOWN);
    }
  }
}
