package io.eigensweep.cli;

import io.eigensweep.certify.EntryError;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.files.HadoopPaths;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.Studies;
import io.eigensweep.sweep.SweepOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: what each command is called, takes and says of itself. */
@Command(
    name = "eigensweep",
    description = "Hyperparameter sweeps of coordinate networks and their neural tangent kernels.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false)
final class Commands {
  private static final String JOB = "the job file: a path of this machine or a URI";
  private static final String SET = "replaces a value of the job; may be repeated";
  private static final String OUT =
      "folder of the sweep: a path or a URI of any Hadoop file system";

  private static final String CLAIMS =
      "claims of your own beside those of the paper, see docs/claims.md; may be repeated";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  Commands(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Counts the trials of a job and predicts what they cost.")
  int plan(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--set", paramLabel = "PATH=VALUE", description = SET)
          @Nullable List<String> overrides,
      @Option(names = "--out", paramLabel = "URI", description = OUT + "; its rows count as done")
          @Nullable String folder,
      @Option(
              names = "--slots",
              paramLabel = "N",
              description =
                  "cores that run trials at the same time (default: those of this machine)")
          @Nullable Integer slots) {
    return new PlanCommand(out).run(job, overrides, folder, slots);
  }

  @Command(
      name = "sweep",
      mixinStandardHelpOptions = true,
      description = "Runs the trials of a job that have no row yet.")
  int sweep(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--set", paramLabel = "PATH=VALUE", description = SET)
          @Nullable List<String> overrides,
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder,
      @Option(
              names = "--retry-failed",
              description =
                  "first moves the rows of failed, timed out and out-of-memory trials aside")
          boolean retryFailed,
      @Option(
              names = "--max-deaths",
              paramLabel = "K",
              defaultValue = "2",
              description =
                  "a trial during which K executors have died is not tried again (default:"
                      + " ${DEFAULT-VALUE})")
          int maxDeaths,
      @Option(
              names = "--trial-timeout",
              paramLabel = "TIME",
              converter = Durations.class,
              description = "the most that a trial may take, for example 90m (default: no limit)")
          @Nullable Duration trialTimeout,
      @Option(
              names = "--checkpoint-every",
              paramLabel = "TIME",
              converter = Durations.class,
              description = "how often a long training saves itself (default: 10m)")
          @Nullable Duration checkpointEvery,
      @Option(
              names = "--finish-by",
              paramLabel = "TIME",
              converter = TimeLimit.class,
              description =
                  "starts nothing that would not end by then, stops what still runs, and makes the"
                      + " tables; for example 07:00, 07:00+01:00 or 07:00[Europe/Rome]")
          @Nullable ZonedDateTime finishBy,
      @Option(
              names = "--storage-patience",
              paramLabel = "TIME",
              converter = Durations.class,
              description =
                  "how long storage may be away or full before the sweep ends (default: 10m)")
          @Nullable Duration storagePatience) {
    if (maxDeaths < 1) {
      throw new UsageException("--max-deaths must be at least 1, got " + maxDeaths);
    }
    SweepOptions options =
        new SweepOptions(
            maxDeaths,
            trialTimeout,
            Objects.requireNonNullElse(checkpointEvery, SweepOptions.DEFAULT_SAVE_EVERY),
            finishBy == null ? null : finishBy.toInstant(),
            Objects.requireNonNullElse(storagePatience, StorageBackoff.DEFAULT));
    if (finishBy != null) {
      err.println("finishing by " + TimeLimit.words(finishBy));
    }
    return new SweepCommand(out, err, terminal, options).run(job, overrides, folder, retryFailed);
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Counts what is done, from storage alone.")
  int status(
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder) {
    return new StatusCommand(out).run(existing(folder, Cluster.configuration()));
  }

  @Command(
      name = "aggregate",
      mixinStandardHelpOptions = true,
      description = "Writes the tables and the report of a sweep, finished or not.")
  int aggregate(
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder,
      @Option(
              names = "--with",
              paramLabel = "URI",
              description = "folder of another sweep, to be put beside this one; it is only read")
          @Nullable String other,
      @Option(names = "--claims", paramLabel = "FILE", description = CLAIMS)
          @Nullable List<String> files) {
    Configuration conf = Cluster.configuration();
    return new AggregateCommand(out, err)
        .judging(StudyClaims.read(Objects.requireNonNullElse(files, List.of()), conf))
        .run(existing(folder, conf), other == null ? null : existing(other, conf));
  }

  @Command(
      name = "sql",
      mixinStandardHelpOptions = true,
      description =
          "Spark SQL over the views trials, curves, spectra, modes, comparison, resolution, claims.")
  int sql(
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "table",
              converter = ResultFormat.Reader.class,
              description = "table, csv or json (default: ${DEFAULT-VALUE})")
          ResultFormat format,
      @Parameters(paramLabel = "QUERY", description = "one statement, for example SELECT …")
          String query) {
    return new SqlCommand(out, err).run(existing(folder, Cluster.configuration()), format, query);
  }

  @Command(
      name = "trial",
      mixinStandardHelpOptions = true,
      description = "Runs one trial here, without Spark, and prints its row as JSON.")
  int trial(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--set", paramLabel = "PATH=VALUE", description = SET)
          @Nullable List<String> overrides,
      @Option(
              names = "--id",
              required = true,
              paramLabel = "ID",
              description = "the trial's id, or its first characters")
          String id) {
    return new TrialCommand(out).run(job, overrides, id);
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Runs committed trials again, here, and compares with their rows.")
  int verify(
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder,
      @Option(
              names = "--sample",
              paramLabel = "N",
              defaultValue = "5",
              description = "how many trials (default: ${DEFAULT-VALUE})")
          int sample,
      @Option(
              names = "--repeats",
              paramLabel = "K",
              defaultValue = "4",
              description =
                  "runs of a trial from starts an ulp apart, where its row comes from another kind of"
                      + " machine (default: ${DEFAULT-VALUE})")
          int repeats) {
    Configuration conf = Cluster.configuration();
    return new VerifyCommand(out, conf).run(existing(folder, conf), sample, repeats);
  }

  @Command(
      name = "certify",
      mixinStandardHelpOptions = true,
      description =
          "Proves bounds of the smallest eigenvalue of a kernel that NumPy has saved. Exit code 0:"
              + " it is positive definite; 1: it is not, or that can't be told.")
  int certify(
      @Parameters(
              paramLabel = "FILE",
              description =
                  "a .npy file of float32 or float64: a kernel N × N, or a Jacobian N × P (a row for"
                      + " each point and output) whose kernel is J·Jᵀ")
          String file,
      @Option(names = "--jacobian", description = "FILE is a Jacobian although it is square")
          boolean jacobian,
      @Option(
              names = "--entry-error",
              paramLabel = "ERROR",
              defaultValue = "rounding",
              converter = CertifyCommand.EntryErrorReader.class,
              description =
                  "how far the exact entries may be from the stored ones: rounding (half a unit in"
                      + " the last place), none, relative:X (X·√(K_ii·K_jj), or X of a row's norm of"
                      + " a Jacobian) or absolute:X (default: ${DEFAULT-VALUE})")
          EntryError entryError,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "text",
              converter = CertifyCommand.Format.Reader.class,
              description = "text or json (default: ${DEFAULT-VALUE})")
          CertifyCommand.Format format,
      @Option(
              names = "--certificate",
              paramLabel = "OUT",
              description = "writes what a reader needs to check the bounds, see docs/certify.md")
          @Nullable String certificate) {
    return new CertifyCommand(out).run(file, jacobian, entryError, format, certificate);
  }

  @Command(
      name = "claims",
      mixinStandardHelpOptions = true,
      description =
          "Says which claims of the paper, and of your own, the rows confirm or refute; writes"
              + " claims/ into the folder.")
  int claims(
      @Option(
              names = "--out",
              required = true,
              paramLabel = "URI",
              description =
                  "folder of sweeps, each in a folder named after its study; or a sweep's")
          String folder,
      @Option(names = "--claims", paramLabel = "FILE", description = CLAIMS)
          @Nullable List<String> files,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "text",
              converter = ClaimsCommand.Format.Reader.class,
              description = "text, json, csv, markdown or latex (default: ${DEFAULT-VALUE})")
          ClaimsCommand.Format format) {
    Configuration conf = Cluster.configuration();
    Studies studies = new Studies(store(folder, conf).folder(), conf);
    return new ClaimsCommand(out, err, conf)
        .run(studies, Objects.requireNonNullElse(files, List.of()), format);
  }

  /** The store in {@code folder}, which need not exist. */
  static ResultStore store(String folder, Configuration conf) {
    try {
      return new ResultStore(HadoopPaths.of(folder), conf);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--out must be a path or a URI, got \"" + folder + "\": " + e.getMessage());
    }
  }

  /** The store of the sweep in {@code folder}. */
  static ResultStore existing(String folder, Configuration conf) {
    ResultStore store = store(folder, conf);
    if (store.readJob().isEmpty()) {
      throw new UsageException("there is no sweep in " + store.folder() + " (no job.json)");
    }
    return store;
  }
}
