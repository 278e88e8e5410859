package io.eigensweep.cli;

import io.eigensweep.job.FrozenSweep;
import io.eigensweep.network.Parameters;
import io.eigensweep.plan.Grid;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Safetensors;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import io.eigensweep.verify.Repeats;
import io.eigensweep.verify.Verdict;
import io.eigensweep.verify.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Runs committed trials again and compares. */
final class VerifyCommand {
  private static final Set<String> REPEATABLE =
      Set.of(Status.SUCCEEDED.name(), Status.DIVERGED.name());
  private static final String WEIGHTS = "weights.safetensors";

  private final PrintStream out;
  private final Configuration conf;

  VerifyCommand(PrintStream out, Configuration conf) {
    this.out = out;
    this.conf = conf;
  }

  /** Prints a line for each trial; 1 when a row is not what its trial gives, else 0. */
  int run(ResultStore store, int sample, int repeats) {
    if (sample < 1) {
      throw new UsageException("--sample must be at least 1, got " + sample);
    }
    if (repeats < 2 || repeats >= Verification.MAX_RUNS) {
      throw new UsageException(
          "--repeats must be from 2 to " + (Verification.MAX_RUNS - 1) + ", got " + repeats);
    }
    LocalRun here = new LocalRun(conf);
    Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
    for (Trial trial : sample(store, sample)) {
      @Nullable String damage = store.damaged(List.of(trial.id())).get(trial.id());
      if (damage != null) {
        counts.merge(Verdict.Kind.DIFFERENT, 1, Integer::sum);
        out.printf(Locale.ROOT, "%s  DIFFERENT: its row can't be used: %s%n", trial.id(), damage);
        continue;
      }
      Map<String, @Nullable Object> committed = store.row(trial.id());
      if (!REPEATABLE.contains(String.valueOf(committed.get("status")))) {
        out.printf(Locale.ROOT, "%s  skipped: %s%n", trial.id(), committed.get("status"));
        continue;
      }
      Verdict verdict = verdict(store, trial, committed, here, repeats);
      counts.merge(verdict.kind(), 1, Integer::sum);
      out.printf(Locale.ROOT, "%s  %s%n", trial.id(), verdict.text());
      out.flush();
    }
    int equal = counts.getOrDefault(Verdict.Kind.EQUAL, 0);
    int consistent = counts.getOrDefault(Verdict.Kind.CONSISTENT, 0);
    int different = counts.getOrDefault(Verdict.Kind.DIFFERENT, 0);
    out.printf(
        Locale.ROOT,
        "%d of %d trials agree with their rows: %d equal, %d consistent, %d different%n",
        equal + consistent,
        equal + consistent + different,
        equal,
        consistent,
        different);
    return different == 0 ? 0 : 1;
  }

  private static Verdict verdict(
      ResultStore store,
      Trial trial,
      Map<String, @Nullable Object> committed,
      LocalRun here,
      int repeats) {
    Optional<byte[]> file = store.artifact(trial.id(), WEIGHTS);
    Parameters stored;
    try {
      stored = file.isPresent() ? Safetensors.read(file.get()) : null;
    } catch (IOException e) {
      return new Verdict(Verdict.Kind.DIFFERENT, "DIFFERENT: " + WEIGHTS + ": " + e.getMessage());
    }
    return new Verification(trial, committed, stored, new Anew(trial, here), repeats).verdict();
  }

  /** One trial, computed anew. */
  private static final class Anew implements Repeats {
    private final Trial trial;
    private final LocalRun runs;
    private final LocalRun.Run run;

    Anew(Trial trial, LocalRun runs) {
      this.trial = trial;
      this.runs = runs;
      this.run = runs.run(trial);
    }

    @Override
    public Map<String, @Nullable Object> row() {
      return run.row();
    }

    @Override
    public @Nullable Parameters trained() {
      return run.trained();
    }

    @Override
    public Map<String, @Nullable Object> moved(long seed) {
      return runs.moved(trial, seed);
    }

    @Override
    public Map<String, @Nullable Object> evaluated(Parameters trained) {
      return runs.evaluated(trial, trained);
    }

    @Override
    public Map<String, @Nullable Object> judged(Parameters trained) {
      return runs.evaluated(trial.withoutKernels(), trained);
    }
  }

  /** Trials evenly spaced in the order of their ids, which are hashes. */
  private static List<Trial> sample(ResultStore store, int size) {
    FrozenSweep sweep = FrozenSweep.read(store.readJob().orElseThrow());
    Set<TrialId> committed = store.committed();
    Map<TrialId, Trial> done = new TreeMap<>(Grid.expand(sweep.job(), sweep.signals()).byId());
    done.keySet().retainAll(committed);
    List<Trial> all = List.copyOf(done.values());
    if (all.isEmpty()) {
      throw new UsageException("no trial is committed in " + store.folder());
    }
    int count = Math.min(size, all.size());
    List<Trial> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / count)));
    }
    return chosen;
  }
}
