package io.eigensweep.cli;

import io.eigensweep.job.FrozenSweep;
import io.eigensweep.plan.Grid;
import io.eigensweep.result.ResultStore;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Runs committed trials again and compares. */
final class VerifyCommand {
  private static final Set<String> REPEATABLE =
      Set.of(Status.SUCCEEDED.name(), Status.DIVERGED.name());
  private static final int SHOWN = 5;

  private final PrintStream out;
  private final Configuration conf;

  VerifyCommand(PrintStream out, Configuration conf) {
    this.out = out;
    this.conf = conf;
  }

  /** Prints a line for each trial; 0 when all of the sample agree, else 1. */
  int run(ResultStore store, int sample) {
    if (sample < 1) {
      throw new UsageException("--sample must be at least 1, got " + sample);
    }
    LocalRun here = new LocalRun(conf);
    List<Trial> trials = sample(store, sample);
    int differing = 0;
    int compared = 0;
    for (Trial trial : trials) {
      Map<String, @Nullable Object> committed = store.row(trial.id());
      if (!REPEATABLE.contains(String.valueOf(committed.get("status")))) {
        out.printf(Locale.ROOT, "%s  skipped: %s%n", trial.id(), committed.get("status"));
        continue;
      }
      Map<String, @Nullable Object> fresh = here.row(trial);
      List<String> differences = RowDifference.of(committed, fresh);
      compared++;
      differing += differences.isEmpty() ? 0 : 1;
      print(trial.id(), RowDifference.sameBitsExpected(committed, fresh), differences);
    }
    out.printf(
        Locale.ROOT, "%d of %d trials agree with their rows%n", compared - differing, compared);
    return differing == 0 ? 0 : 1;
  }

  /** Trials evenly spaced in the order of their ids, which are hashes. */
  private static List<Trial> sample(ResultStore store, int size) {
    FrozenSweep sweep = FrozenSweep.read(store.readJob().orElseThrow());
    Set<TrialId> committed = store.committed();
    List<Trial> all =
        Grid.expand(sweep.job(), sweep.signals()).trials().stream()
            .filter(trial -> committed.contains(trial.id()))
            .sorted(Comparator.comparing(Trial::id))
            .toList();
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

  private void print(TrialId id, boolean sameBits, List<String> differences) {
    if (differences.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%s  %s%n",
          id,
          sameBits
              ? "equal in every bit"
              : "equal within " + RowDifference.TOLERANCE + " (another processor or library)");
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s  DIFFERENT in %d columns: %s%n",
        id,
        differences.size(),
        String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size()))));
  }
}
