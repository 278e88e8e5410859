package io.eigensweep.cli;

import io.eigensweep.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a command says of its job: the file, a path of this machine or a URI that Hadoop knows, and
 * what is set in it.
 */
final class JobInput {
  @Parameters(paramLabel = "JOB", description = "the job file: a path of this machine or a URI")
  private String file = "";

  @Option(
      names = "--scale",
      paramLabel = "FILE",
      description =
          "how large the job is run: a file such as those in jobs/scales, which says for each job"
              + " what is set in it")
  private @Nullable String scale;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "replaces a value of the job, after --scale; may be repeated")
  private List<String> overrides = new ArrayList<>();

  /**
   * The job.
   *
   * @throws UsageException when a file can't be read
   */
  Job read() {
    return JobFiles.submitted(file, scale, overrides);
  }

  /** The claims beside the job file, if there are any: see {@link OwnClaims}. */
  Optional<OwnClaims> claims() {
    return OwnClaims.beside(file, JobFiles.configuration());
  }
}
