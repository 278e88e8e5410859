package io.eigensweep.benchmark;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.plan.Calibration;
import io.eigensweep.plan.Cost;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.Plan;
import io.eigensweep.plan.Quantity;
import io.eigensweep.plan.Rates;
import io.eigensweep.settings.Names;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.SignalResolver;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The plan against what trials take: the trials of {@code jobs/first-run.yaml} on its first
 * photograph, one of each encoding, or with a drawn picture of the same size in its place.
 */
final class PlanSuite implements Suite {
  private static final Path JOB = Path.of("jobs/first-run.yaml");
  private static final Signal PICTURE =
      new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, 128, 0, Coordinates.CENTERS);

  private final String root;

  /**
   * The plan against trials on a photograph.
   *
   * @param root an ImageNet folder for {@code signal.root}, empty for the drawn picture
   */
  PlanSuite(String root) {
    this.root = root;
  }

  @Override
  public String option() {
    return "plan";
  }

  @Override
  public String title() {
    return "plan: calibrated prediction against one trial of each encoding of "
        + JOB
        + (root.isEmpty() ? " on a drawn picture" : " on its first photograph");
  }

  @Override
  public void run(PrintStream out) {
    Rates rates = Calibration.measure(LinalgSettings.of(BlasChoice.AUTO));
    CostModel model = new CostModel(rates, Rates.JAVA);
    TrialRunner runner =
        new TrialRunner(
            new SignalFiles(new Configuration()),
            (id, name) -> {
              throw new IllegalStateException("no artifact was asked for");
            });
    try {
      Job job = JobFile.read(Files.readString(JOB), JOB.toString(), overrides());
      out.printf(
          Locale.ROOT,
          "%-10s %10s %10s %7s %12s %12s %7s%n",
          "encoding",
          "planned s",
          "took s",
          "ratio",
          "planned MiB",
          "peak MiB",
          "ratio");
      for (Trial trial : Grid.expand(job, List.of(picture(job))).trials()) {
        row(out, trial, model.of(trial), runner);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hundredThousand(out, model);
  }

  private List<String> overrides() {
    return root.isEmpty()
        ? List.of("artifacts=[]")
        : List.of("artifacts=[]", "signal.root=" + root);
  }

  private Signal picture(Job job) {
    return root.isEmpty()
        ? PICTURE
        : new SignalResolver(new Configuration()).resolve(job.signals().get(0)).signals().get(0);
  }

  private static void row(PrintStream out, Trial trial, Cost planned, TrialRunner runner) {
    TrialResult result = runner.run(trial, 0);
    double took = result.cost().wallSeconds();
    double peak = PeakMemory.of(() -> runner.run(shortened(trial), 0)) / 1048576.0;
    double plannedMemory = planned.memoryBytes() / 1048576.0;
    out.printf(
        Locale.ROOT,
        "%-10s %10.1f %10.1f %7.2f %12.1f %12.1f %7.2f%n",
        Names.typeName(trial.encoding().getClass()),
        planned.seconds(),
        took,
        planned.seconds() / took,
        plannedMemory,
        peak,
        plannedMemory / peak);
  }

  /** Memory does not depend on the number of epochs. */
  private static Trial shortened(Trial trial) {
    Job job =
        JobFile.read(
            "name: short\nencoding: {type: identity}\ntraining: {epochs: 4}\n", "short", List.of());
    Encoding encoding = trial.encoding();
    return new Trial(
        trial.signal(),
        encoding,
        trial.network(),
        job.trainings().get(0),
        job.ntks().get(0),
        trial.linalg(),
        trial.seed(),
        trial.artifacts());
  }

  private static void hundredThousand(PrintStream out, CostModel model) {
    String seeds =
        IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    Job job =
        JobFile.read(
            "name: large\n"
                + "encoding: {type: multigrid, resolution: [50, 100, 200, 300, 400]}\n"
                + "seeds: ["
                + seeds
                + "]\n",
            "large",
            List.of());
    long start = System.nanoTime();
    Plan plan = Plan.of(Grid.expand(job, List.of(PICTURE)).trials(), 0, model, 64);
    out.printf(
        Locale.ROOT,
        "%na plan of %s takes %.1f s%n",
        Quantity.count(plan.longestFirst().size(), "trial"),
        (System.nanoTime() - start) * 1e-9);
  }
}
