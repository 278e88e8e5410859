package io.eigensweep.cli;

import io.eigensweep.job.FrozenSweep;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.plan.Grid;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Trial;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The trials of a job's text. */
final class Trials {
  private Trials() {}

  static List<Trial> of(String text, String... overrides) {
    FrozenSweep sweep = frozen(text, overrides);
    return Grid.expand(sweep.job(), sweep.signals()).trials();
  }

  static FrozenSweep frozen(String text, String... overrides) {
    Job job = JobFile.read(text, "test.yaml", List.of(overrides));
    Pictures pictures = Pictures.of(job, new Configuration());
    return new FrozenSweep(
        "test",
        Numerics.VERSION,
        job,
        pictures.signals(),
        pictures.stamps(),
        Grid.expand(job, pictures.signals()).trials().size());
  }
}
