package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.job.Job;
import io.eigensweep.plan.Grid;
import io.eigensweep.trial.Trial;
import java.io.PrintStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Runs one trial of a job in this JVM. */
final class TrialCommand {
  private final PrintStream out;

  TrialCommand(PrintStream out) {
    this.out = out;
  }

  int run(String file, @Nullable List<String> overrides, String id) {
    Configuration conf = Cluster.configuration();
    Job job = JobInput.read(file, overrides, conf);
    List<Trial> trials = Grid.expand(job, Pictures.of(job, conf).signals()).trials();
    List<Trial> found = trials.stream().filter(trial -> trial.id().text().startsWith(id)).toList();
    if (found.size() != 1) {
      throw new UsageException(
          "--id must name one of the job's "
              + trials.size()
              + " trials, got "
              + id
              + (found.isEmpty() ? ", which none has" : ", which begins " + found.size()));
    }
    out.println(Json.of(new LocalRun(conf).row(found.get(0))));
    return 0;
  }
}
