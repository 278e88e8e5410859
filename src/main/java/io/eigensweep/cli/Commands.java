package io.eigensweep.cli;

import io.eigensweep.certify.EntryError;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Connections;
import io.eigensweep.job.Job;
import io.eigensweep.store.Studies;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command line: what each command is called, takes and says of itself. It is read by
 * reflection, which loads every type in a method's signature: none of Hadoop's or Spark's may stand
 * there, or each {@code --help} would open their jars.
 */
@Command(
    name = "eigensweep",
    description = "Hyperparameter sweeps of coordinate networks and their neural tangent kernels.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false)
final class Commands {
  private static final String OUT =
      "folder of the sweep: a path or a URI of any Hadoop file system";

  private static final String CLAIMS =
      "claims of your own, beside those of the paper and those that the sweep has taken along, see"
          + " docs/claims.md; may be repeated";

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
      @Mixin JobInput job,
      @Option(names = "--out", paramLabel = "URI", description = OUT + "; its rows count as done")
          @Nullable String folder,
      @Option(
              names = "--slots",
              paramLabel = "N",
              description =
                  "cores that run trials at the same time (default: those of this machine)")
          @Nullable Integer slots) {
    Job read = job.read();
    Optional<OwnClaims> unused = job.claims(); // refuses what sweep would refuse
    return new PlanCommand(out).run(read, Cluster.configuration(), folder, slots);
  }

  @Command(
      name = "sweep",
      mixinStandardHelpOptions = true,
      description = "Runs the trials of a job that have no row yet.")
  int sweep(
      @Mixin JobInput job,
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder,
      @Mixin SweepChoices choices) {
    Job read = job.read();
    return new SweepCommand(out, err, terminal, choices.options(err), Connections.ofEach())
        .claiming(job.claims())
        .run(read, Cluster.configuration(), folder, choices.retryFailed());
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Counts what is done, from storage alone.")
  int status(
      @Option(names = "--out", required = true, paramLabel = "URI", description = OUT)
          String folder) {
    return new StatusCommand(out).run(Stores.existing(folder, Cluster.configuration()));
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
    return new AggregateCommand(out, err, Connections.ofEach())
        .judging(StudyClaims.read(Objects.requireNonNullElse(files, List.of()), conf))
        .run(Stores.existing(folder, conf), other == null ? null : Stores.existing(other, conf));
  }

  @Command(
      name = "sql",
      mixinStandardHelpOptions = true,
      description =
          "Spark SQL over the views trials, curves, spectra, modes, comparison, resolution,"
              + " claims.")
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
    return new SqlCommand(out, err)
        .run(Stores.existing(folder, Cluster.configuration()), format, query);
  }

  @Command(
      name = "trial",
      mixinStandardHelpOptions = true,
      description = "Runs one trial here, without Spark, and prints its row as JSON.")
  int trial(
      @Mixin JobInput job,
      @Option(
              names = "--id",
              required = true,
              paramLabel = "ID",
              description = "the trial's id, or its first characters")
          String id) {
    return new TrialCommand(out).run(job.read(), Cluster.configuration(), id);
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
                  "runs of a trial from starts an ulp apart, where its row comes from another kind"
                      + " of machine (default: ${DEFAULT-VALUE})")
          int repeats) {
    Configuration conf = Cluster.configuration();
    return new VerifyCommand(out, conf).run(Stores.existing(folder, conf), sample, repeats);
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
                  "a .npy file of float32 or float64: a kernel N × N, or a Jacobian N × P (a row"
                      + " for each point and output) whose kernel is J·Jᵀ")
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
                      + " the last place), none, relative:X (X·√(K_ii·K_jj), or X of a row's norm"
                      + " of a Jacobian) or absolute:X (default: ${DEFAULT-VALUE})")
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
    Studies studies = new Studies(Stores.of(folder, conf).folder(), conf);
    return new ClaimsCommand(out, err, conf)
        .run(studies, Objects.requireNonNullElse(files, List.of()), format);
  }

  @Command(
      name = "reproduce",
      mixinStandardHelpOptions = true,
      description =
          "Runs every study of a scale: plans, sweeps into folders of --out, tables, results. One"
              + " that ends incompletely does not stop the others; the same command goes on.")
  int reproduce(
      @Parameters(
              paramLabel = "SCALE",
              description =
                  "a file such as those in jobs/scales: the names of jobs, which are in the folder"
                      + " above, and what is set in them")
          String scale,
      @Option(
              names = "--photographs",
              required = true,
              paramLabel = "URI",
              description = "folder in the ImageNet layout, the root of every job of photographs")
          String photographs,
      @Option(
              names = "--meshes",
              required = true,
              paramLabel = "URI",
              description = "a mesh or a folder of meshes, the path of every job of meshes")
          String meshes,
      @Option(
              names = "--set",
              paramLabel = "PATH=VALUE",
              description = "replaces a value of every job, after the scale; may be repeated")
          @Nullable List<String> overrides,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "URI",
              description = "folder of the sweeps, each in a folder of its job's name")
          String folder,
      @Option(names = "--plan", description = "only says what there is to do and what it costs")
          boolean plan,
      @Option(
              names = "--slots",
              paramLabel = "N",
              description = "cores that the plan is for (default: those of this machine); see plan")
          @Nullable Integer slots,
      @Option(
              names = "--document",
              paramLabel = "FILE",
              description = "filled at the end as the command results does it, into OUT/paper.md")
          @Nullable String document,
      @Mixin SweepChoices choices) {
    return new ReproduceCommand(out, err, terminal, choices)
        .run(
            scale,
            photographs,
            meshes,
            overrides == null ? List.of() : overrides,
            folder,
            slots,
            plan,
            document);
  }

  @Command(
      name = "results",
      mixinStandardHelpOptions = true,
      description =
          "Prints a Markdown document with its tables filled from the sweeps in a folder.")
  int results(
      @Parameters(
              paramLabel = "DOCUMENT",
              description =
                  "a file with blocks <!-- table STUDY: SELECT … --> … <!-- end -->; what is"
                      + " between the two is replaced by the query's answer")
          String document,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "URI",
              description = "folder of the sweeps, each in a folder of its job's name")
          String folder) {
    return new ResultsCommand(err, Connections.ofEach())
        .print(document, folder, out, Cluster.configuration());
  }
}
