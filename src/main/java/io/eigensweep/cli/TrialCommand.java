package io.eigensweep.cli;

import io.eigensweep.job.Job;
import io.eigensweep.plan.Grid;
import io.eigensweep.trial.Trial;
import java.io.PrintStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Runs one trial of a job in this JVM. */
final class TrialCommand {
  private final PrintStream out;

  TrialCommand(PrintStream out) {
    this.out = out;
  }

  int run(Job job, Configuration conf, String id) {
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
