package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Connections;
import io.eigensweep.files.HadoopPaths;
import io.eigensweep.job.Job;
import io.eigensweep.job.Scale;
import io.eigensweep.plan.Plan;
import io.eigensweep.plan.Quantity;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.signal.MeshSource;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.Studies;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;

/**
 * Runs every study of a scale: first the plans, then each sweep with its tables into a folder of
 * its own, at the end what they say together. One that does not end well stops no other.
 */
final class ReproduceCommand {
  /** Before a running sweep is told: what it says then comes after. */
  private static final int PRIORITY = 200;

  /**
   * A study.
   *
   * @param name its job's name
   * @param job at the scale, with its pictures or meshes
   * @param folder of its sweep
   * @param claims beside the job
   */
  private record Study(String name, Job job, String folder, Optional<OwnClaims> claims) {}

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final SweepChoices choices;
  private volatile boolean ending;

  ReproduceCommand(PrintStream out, PrintStream err, boolean terminal, SweepChoices choices) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.choices = choices;
  }

  /**
   * Runs the studies of {@code scale} below {@code folder}.
   *
   * @param photographs root of the photographs' classes
   * @param meshes a mesh, or a folder of them
   * @param overrides for every job, after the scale
   * @param slots cores that the plan is for; null for those of this machine
   * @param planOnly whether nothing is run
   * @param document Markdown with blocks of tables, see {@link ResultsCommand}; null for none
   */
  int run(
      String scale,
      String photographs,
      String meshes,
      List<String> overrides,
      String folder,
      @Nullable Integer slots,
      boolean planOnly,
      @Nullable String document) {
    Configuration conf = Cluster.configuration();
    List<Study> studies = studies(scale, photographs, meshes, overrides, folder, conf);
    if (!planOnly) {
      // A folder that is not there is told now, not by the study that comes to it in the night.
      studies.forEach(study -> Pictures.of(study.job(), conf));
    }
    int misfit = plan(studies, slots, conf);
    return planOnly ? misfit : runAll(studies, folder, document, conf);
  }

  private static List<Study> studies(
      String file,
      String photographs,
      String meshes,
      List<String> overrides,
      String folder,
      Configuration conf) {
    Scale scale = JobFiles.scale(file, () -> conf);
    List<Study> studies = new ArrayList<>();
    for (String name : scale.studies()) {
      String jobFile = JobFiles.beside(file, name + ".yaml");
      List<String> all = new ArrayList<>();
      for (SignalSource source : JobFiles.job(jobFile, scale, List.of(), () -> conf).signals()) {
        if (source instanceof ImagenetSource) {
          all.add("signal.root=" + CanonicalJson.string(photographs));
        } else if (source instanceof MeshSource) {
          all.add("signal.path=" + CanonicalJson.string(meshes));
        }
      }
      all.addAll(overrides);
      studies.add(
          new Study(
              name,
              JobFiles.job(jobFile, scale, all, () -> conf),
              folder + Path.SEPARATOR + name,
              OwnClaims.beside(jobFile, () -> conf)));
    }
    return studies;
  }

  /** Prints what is to do and what it costs; the exit code says whether all of it fits. */
  private int plan(List<Study> studies, @Nullable Integer slots, Configuration conf) {
    PlanCommand command = new PlanCommand(out);
    AlignedText table =
        new AlignedText(List.of("study", "trials", "done", "core-hours", "time", "memory"), "");
    Set<String> notes = new LinkedHashSet<>();
    Set<String> misfits = new LinkedHashSet<>();
    long slotBytes = PlanCommand.slotMemory(slots);
    int trials = 0;
    int done = 0;
    double hours = 0;
    double seconds = 0;
    long memory = 0;
    for (Study study : studies) {
      Plan plan = command.plan(study.job(), conf, study.folder(), slots);
      row(
          table,
          study.name(),
          plan.done() + plan.longestFirst().size(),
          plan.done(),
          plan.coreHours(),
          plan.makespanSeconds(),
          plan.largestMemoryBytes());
      trials += plan.done() + plan.longestFirst().size();
      done += plan.done();
      hours += plan.coreHours();
      seconds += plan.makespanSeconds();
      memory = Math.max(memory, plan.largestMemoryBytes());
      notes.addAll(plan.notes());
      plan.misfit(slotBytes).ifPresent(misfit -> misfits.add(study.name() + ": " + misfit));
    }
    row(table, "all", trials, done, hours, seconds, memory);
    table.print(out);
    notes.forEach(note -> out.println("note: " + note));
    out.println("a slot has " + Quantity.bytes(slotBytes) + ", beside the JVM's own");
    out.flush();
    misfits.forEach(err::println);
    return misfits.isEmpty() ? 0 : Main.WRONG_INPUT;
  }

  private static void row(
      AlignedText table,
      String name,
      int trials,
      int done,
      double hours,
      double seconds,
      long memory) {
    table.add(
        List.of(
            name,
            trials,
            done,
            String.format(Locale.ROOT, "%.2f", hours),
            Quantity.duration(seconds),
            Quantity.bytes(memory)));
  }

  private int runAll(
      List<Study> studies, String folder, @Nullable String document, Configuration conf) {
    Runnable hook = this::end;
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
    Map<String, Integer> incomplete = new LinkedHashMap<>();
    try (Connections connections = Connections.keptWhereLocal()) {
      for (Study study : studies) {
        step("sweep", study, () -> sweep(study, connections, conf), incomplete);
        step("aggregate", study, () -> aggregate(study, connections, conf), incomplete);
      }
      step("claims", "claims", () -> claims(folder, conf), incomplete);
      if (document != null) {
        step("results", "results", () -> results(document, folder, connections, conf), incomplete);
      }
    } finally {
      if (!ending) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
    }
    if (!ending) {
      out.printf(
          Locale.ROOT,
          "%d studies in %s%s%n",
          studies.size(),
          folder,
          incomplete.isEmpty() ? ", all complete" : "; did not end well: " + words(incomplete));
    }
    return ending || !incomplete.isEmpty() ? Main.INCOMPLETE : 0;
  }

  private static String words(Map<String, Integer> incomplete) {
    List<String> words = new ArrayList<>();
    incomplete.forEach((name, code) -> words.add(name + " (code " + code + ")"));
    return String.join(", ", words);
  }

  private void end() {
    ending = true;
    err.println("interrupted; the same command goes on where it was");
  }

  private void step(
      String what, Study study, Callable<Integer> step, Map<String, Integer> incomplete) {
    step(study.name(), what + " " + study.name(), step, incomplete);
  }

  /** One step; the worst that a name's steps have ended with is kept. */
  private void step(
      String name, String title, Callable<Integer> step, Map<String, Integer> incomplete) {
    if (ending) {
      return;
    }
    err.println("== " + title);
    int code;
    try {
      code = step.call();
    } catch (Exception e) {
      code = ending ? Main.INCOMPLETE : Main.failed(e, err);
    }
    out.flush();
    if (code != 0) {
      incomplete.merge(name, code, Math::min);
    }
  }

  private int sweep(Study study, Connections connections, Configuration conf) {
    return new SweepCommand(out, err, terminal, choices.options(err), connections)
        .claiming(study.claims())
        .run(study.job(), conf, study.folder(), choices.retryFailed());
  }

  private int aggregate(Study study, Connections connections, Configuration conf) {
    ResultStore store = Stores.existing(study.folder(), conf);
    return new AggregateCommand(out, err, connections).run(store, null);
  }

  private int claims(String folder, Configuration conf) {
    Studies sweeps = new Studies(HadoopPaths.of(folder), conf);
    return new ClaimsCommand(out, err, conf).run(sweeps, List.of(), ClaimsCommand.Format.TEXT);
  }

  private int results(String document, String folder, Connections connections, Configuration conf) {
    Path target = new Path(HadoopPaths.of(folder), "paper.md");
    return new ResultsCommand(err, connections).write(document, folder, target, conf);
  }
}
