package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.job.Job;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.Kernels;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.linalg.UnfitMachineException;
import io.eigensweep.plan.Calibration;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.DeclaredSignals;
import io.eigensweep.plan.Expansion;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.Observation;
import io.eigensweep.plan.Plan;
import io.eigensweep.plan.Quantity;
import io.eigensweep.plan.Rates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalResolver;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.signal.SignalSourceException;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Shows what a sweep would run and cost. Nothing is written. */
final class PlanCommand {
  private final PrintStream out;
  private final Map<LinalgSettings, Rates> rates = new HashMap<>();

  PlanCommand(PrintStream out) {
    this.out = out;
  }

  int run(Job job, Configuration conf, @Nullable String folder, @Nullable Integer slots) {
    Plan plan = plan(job, conf, folder, slots);
    long slotBytes = slotMemory(slots);
    out.print(plan.text(slotBytes));
    plan.misfit(slotBytes)
        .ifPresent(
            misfit -> {
              throw new UsageException(misfit);
            });
    return 0;
  }

  /** Bytes that a trial may take where {@code slots} of them run at a time. */
  static long slotMemory(@Nullable Integer slots) {
    return Cluster.slotMemory(slots(slots));
  }

  private static int slots(@Nullable Integer slots) {
    int width = slots == null ? Runtime.getRuntime().availableProcessors() : slots;
    if (width < 1) {
      throw new UsageException("--slots must be at least 1, got " + width);
    }
    return width;
  }

  /** What of {@code job} has no row in {@code folder}, if one is given, and its cost. */
  Plan plan(Job job, Configuration conf, @Nullable String folder, @Nullable Integer slots) {
    int width = slots(slots);
    List<String> notes = new ArrayList<>();
    Expansion expansion = Grid.expand(job, signals(job, conf, notes));
    notes.addAll(expansion.notes());
    ResultStore store = folder == null ? null : Stores.of(folder, conf);
    Set<TrialId> committed = store == null ? Set.of() : store.committed();
    List<Trial> missing = expansion.without(committed);
    int done = expansion.byId().size() - missing.size();
    CostModel model = model(job, notes);
    if (store != null && done > 0) {
      List<Observation> rows = Observations.read(store, expansion.byId(), committed);
      model = model.fittedTo(rows);
      notes.add("times are fitted to " + Quantity.count(rows.size(), "committed row"));
    }
    return Plan.of(missing, done, model, width, notes);
  }

  /** The rates of this machine, measured for the libraries that the job asks for. */
  private CostModel model(Job job, List<String> notes) {
    boolean java = false;
    boolean fast = false;
    Kernels kernels = Kernels.OWN;
    for (LinalgSettings linalg : job.linalgs()) {
      java |= linalg.blas() == BlasChoice.JAVA;
      fast |= linalg.blas() != BlasChoice.JAVA;
      kernels = linalg.kernels();
    }
    Rates nativeRates = fast ? rates(kernels, notes) : Rates.NATIVE;
    Rates javaRates = java ? measured(LinalgSettings.of(BlasChoice.JAVA)) : Rates.JAVA;
    Rates shown = fast ? nativeRates : javaRates;
    notes.add(
        String.format(
            Locale.ROOT,
            "times are for a core like this one: %s GFLOP/s in float32, %s in float64,"
                + " %s in eigenvalues, %s million grid values/s",
            rate(shown.sgemm() / 1e9),
            rate(shown.dgemm() / 1e9),
            rate(shown.eigen() / 1e9),
            rate(shown.touch() / 1e6)));
    return new CostModel(nativeRates, javaRates);
  }

  /** Two significant digits: the slow library reaches less than 1 GFLOP/s. */
  static String rate(double value) {
    int digits = value >= 10 ? 0 : value >= 1 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Measured once, for any number of jobs. */
  private Rates measured(LinalgSettings linalg) {
    return rates.computeIfAbsent(linalg, Calibration::measure);
  }

  /** Of the kernels that the trials will use, unless this machine can't run them. */
  private Rates rates(Kernels kernels, List<String> notes) {
    try {
      return measured(new LinalgSettings(BlasChoice.AUTO, kernels));
    } catch (UnfitMachineException e) {
      notes.add("times are not measured here: " + e.getMessage());
      return Rates.NATIVE;
    }
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
