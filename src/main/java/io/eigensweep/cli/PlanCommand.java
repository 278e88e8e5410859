package io.eigensweep.cli;

import io.eigensweep.job.Job;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.DeclaredSignals;
import io.eigensweep.plan.Expansion;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.Plan;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalResolver;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.signal.SignalSourceException;
import io.eigensweep.spark.Cluster;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Shows what a sweep would run and cost. Nothing is written. */
final class PlanCommand {
  private final PrintStream out;

  PlanCommand(PrintStream out) {
    this.out = out;
  }

  int run(
      String file,
      @Nullable List<String> overrides,
      @Nullable String folder,
      @Nullable Integer slots) {
    int width = slots == null ? Runtime.getRuntime().availableProcessors() : slots;
    if (width < 1) {
      throw new UsageException("--slots must be at least 1, got " + width);
    }
    Configuration conf = Cluster.configuration();
    Job job = JobInput.read(file, overrides, conf);
    List<String> notes = new ArrayList<>();
    Expansion expansion = Grid.expand(job, signals(job, conf, notes));
    notes.addAll(expansion.notes());
    Set<TrialId> committed = folder == null ? Set.of() : Commands.store(folder, conf).committed();
    List<Trial> missing =
        expansion.trials().stream().filter(trial -> !committed.contains(trial.id())).toList();
    int done = expansion.trials().size() - missing.size();
    out.print(Plan.of(missing, done, CostModel.nominal(), width, notes).text());
    return 0;
  }

  /** The pictures on disk; for a source that can't be reached, as many as the job declares. */
  private static List<Signal> signals(Job job, Configuration conf, List<String> notes) {
    SignalResolver resolver = new SignalResolver(conf);
    List<Signal> signals = new ArrayList<>();
    for (SignalSource source : job.signals()) {
      try {
        signals.addAll(resolver.resolve(source).signals());
      } catch (SignalSourceException e) {
        OptionalLong count = SignalResolver.declaredCount(source);
        if (e.reached() || count.isEmpty()) {
          throw e;
        }
        DeclaredSignals declared = DeclaredSignals.of(source, count.getAsLong());
        signals.addAll(declared.signals());
        notes.add(declared.note());
      }
    }
    return signals;
  }
}
