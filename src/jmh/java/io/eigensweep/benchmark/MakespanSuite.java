package io.eigensweep.benchmark;

import io.eigensweep.benchmark.ClusterRun.Span;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.signal.SignalResolver;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The makespan of a skewed grid on two executors, longest first, against the lower bound and, by
 * simulation from the measured times, against the order of submission and on 1,000 slots.
 */
final class MakespanSuite implements Suite {
  private static final String SKEWED =
      """
      name: skewed
      signal: {type: generated, kind: dead-leaves, size: 96}
      encoding: {type: multigrid, levels: 2, features: 2, resolution: [50, 100, 200, 400]}
      network: {width: [64, 128, 256, 512]}
      training: {learning-rate: 10, epochs: 60}
      ntk: {points: 256, epochs: [last]}
      seeds: [0, 1, 2]
      """;

  @Override
  public String option() {
    return "makespan";
  }

  @Override
  public String title() {
    return "makespan: a skewed grid on a standalone master and two one-core workers";
  }

  @Override
  public void run(PrintStream out) {
    try (ClusterRun cluster = ClusterRun.start()) {
      measure(out, cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The measured makespan, and what list scheduling makes of the measured times. */
  private static void measure(PrintStream out, ClusterRun cluster) throws IOException {
    List<Trial> submitted = trials(SKEWED);
    List<Span> spans = cluster.sweep(SKEWED, 2, false);
    Map<TrialId, Span> ran =
        spans.stream().collect(Collectors.toMap(Span::id, Function.identity()));
    ToDoubleFunction<PlannedTrial> seconds =
        trial -> Objects.requireNonNull(ran.get(trial.id())).seconds();
    CostModel model = CostModel.nominal();
    List<PlannedTrial> planned =
        submitted.stream().map(t -> new PlannedTrial(t, t.id(), model.of(t))).toList();
    out.printf(
        Locale.ROOT,
        "%d trials of %.2f to %.2f s (resolution 50-400, width 64-512)%n",
        spans.size(),
        spans.stream().mapToDouble(Span::seconds).min().orElseThrow(),
        spans.stream().mapToDouble(Span::seconds).max().orElseThrow());
    out.printf(Locale.ROOT, "%-58s %10s %12s%n", "", "makespan", "above bound");
    double bound = bound(planned, seconds, 2);
    line(out, "2 slots, longest first by the cost model, measured", Span.makespan(spans), bound);
    simulate(out, "2 slots, longest first, the measured times", planned, true, seconds, 2, bound);
    simulate(
        out, "2 slots, submission order, the measured times", planned, false, seconds, 2, bound);

    List<PlannedTrial> many = new ArrayList<>();
    IntStream.range(0, 500).forEach(picture -> many.addAll(planned));
    double large = bound(many, seconds, 1000);
    String head = "1,000 slots, " + many.size() + " trials (500 pictures), ";
    simulate(out, head + "longest first", many, true, seconds, 1000, large);
    simulate(out, head + "submission order", many, false, seconds, 1000, large);
  }

  private static void simulate(
      PrintStream out,
      String name,
      List<PlannedTrial> planned,
      boolean longestFirst,
      ToDoubleFunction<PlannedTrial> seconds,
      int slots,
      double bound) {
    List<PlannedTrial> order = new ArrayList<>(planned);
    if (longestFirst) {
      order.sort(Comparator.comparingDouble((PlannedTrial p) -> p.cost().seconds()).reversed());
    }
    PriorityQueue<Double> free = new PriorityQueue<>();
    double end = 0;
    for (PlannedTrial trial : order) {
      double start = free.size() < slots ? 0 : free.remove();
      double finish = start + seconds.applyAsDouble(trial);
      free.add(finish);
      end = Math.max(end, finish);
    }
    line(out, name, end, bound);
  }

  private static double bound(
      List<PlannedTrial> planned, ToDoubleFunction<PlannedTrial> seconds, int slots) {
    double sum = planned.stream().mapToDouble(seconds).sum();
    return Math.max(sum / slots, planned.stream().mapToDouble(seconds).max().orElseThrow());
  }

  private static void line(PrintStream out, String name, double makespan, double bound) {
    out.printf(
        Locale.ROOT, "%-58s %8.2f s %11.1f%%%n", name, makespan, 100 * (makespan / bound - 1));
  }

  private static List<Trial> trials(String text) {
    Job job = JobFile.read(text, "benchmark", List.of());
    SignalResolver resolver = new SignalResolver(new Configuration());
    return Grid.expand(
            job,
            job.signals().stream().flatMap(s -> resolver.resolve(s).signals().stream()).toList())
        .trials();
  }
}
