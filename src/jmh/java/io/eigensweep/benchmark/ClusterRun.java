package io.eigensweep.benchmark;

import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** A cluster of processes that sweeps run on; stopped and removed when closed. */
final class ClusterRun implements AutoCloseable {
  private static final Path HOME = Path.of("").toAbsolutePath();

  /**
   * When a trial ran, by its row.
   *
   * @param id the trial
   * @param start when it started
   * @param end when it ended
   */
  record Span(TrialId id, Instant start, Instant end) {
    double seconds() {
      return between(start, end);
    }

    /**
     * The share of core-time that was not in trials, from the moment all slots had started until
     * one had no more to do.
     */
    static double overhead(List<Span> spans, int slots) {
      Instant from = allBusyFrom(spans, slots);
      Instant until = allBusyUntil(spans, slots);
      double in = spans.stream().mapToDouble(span -> span.overlap(from, until)).sum();
      return 1 - in / (slots * between(from, until));
    }

    /** Trials per second in the same time, a part of a trial counted as such. */
    static double rate(List<Span> spans, int slots) {
      Instant from = allBusyFrom(spans, slots);
      Instant until = allBusyUntil(spans, slots);
      double trials =
          spans.stream().mapToDouble(span -> span.overlap(from, until) / span.seconds()).sum();
      return trials / between(from, until);
    }

    /** From the first start to the last end. */
    static double makespan(List<Span> spans) {
      return between(
          spans.stream().map(Span::start).min(Comparator.naturalOrder()).orElseThrow(),
          spans.stream().map(Span::end).max(Comparator.naturalOrder()).orElseThrow());
    }

    private static Instant allBusyFrom(List<Span> spans, int slots) {
      return spans.stream().map(Span::start).sorted().skip(slots - 1).findFirst().orElseThrow();
    }

    private static Instant allBusyUntil(List<Span> spans, int slots) {
      return spans.stream()
          .map(Span::end)
          .sorted(Comparator.reverseOrder())
          .skip(slots - 1)
          .findFirst()
          .orElseThrow();
    }

    private double overlap(Instant from, Instant until) {
      Instant first = start.isAfter(from) ? start : from;
      Instant last = end.isBefore(until) ? end : until;
      return Math.max(0, between(first, last));
    }

    private static double between(Instant from, Instant until) {
      return Duration.between(from, until).toNanos() * 1e-9;
    }
  }

  private final Path folder;
  private final List<String> driverHeap = new ArrayList<>();
  private int sweeps;

  private ClusterRun(Path folder) {
    this.folder = folder;
  }

  static ClusterRun start() throws IOException {
    ClusterRun run = new ClusterRun(Files.createTempDirectory("eigensweep-benchmark"));
    run.await(run.script("cluster.sh", "start").start());
    return run;
  }

  /** What was seen of the driver's heap, a line each. */
  List<String> driverHeap() {
    return List.copyOf(driverHeap);
  }

  /** Runs {@code job} on so many executors; when each of its trials ran. */
  List<Span> sweep(String job, int executors, boolean watchHeap) throws IOException {
    Path file = Files.writeString(folder.resolve("job" + sweeps + ".yaml"), job);
    Path out = folder.resolve("out" + sweeps++);
    ResultStore store = new ResultStore(out.toUri(), new Configuration());
    Process sweep =
        script(
                "eigensweep",
                "--profile",
                "standalone",
                "--spark",
                "spark.cores.max=" + executors,
                "--spark",
                "spark.executor.memory=1g",
                "--spark",
                "spark.driver.memory=512m",
                "sweep",
                file.toString(),
                "--out",
                out.toString())
            .start();
    if (watchHeap) {
      for (int rows = 500; rows <= 1500; rows += 500) {
        while (files(out.resolve("trials")) < rows && sweep.isAlive()) {
          pause(sweep);
        }
        driverHeap.add(
            String.format(
                Locale.ROOT,
                "driver's live heap after %d trials: %.1f MB",
                rows,
                liveHeap(sweep.pid())));
      }
    }
    await(sweep);
    List<Span> spans = new ArrayList<>();
    store
        .rows(store.committed(), Set.of("trial_id", "started_at", "finished_at"))
        .forEach(
            row ->
                spans.add(
                    new Span(
                        new TrialId(String.valueOf(row.get("trial_id"))),
                        (Instant) Objects.requireNonNull(row.get("started_at")),
                        (Instant) Objects.requireNonNull(row.get("finished_at")))));
    return spans;
  }

  private static int files(Path folder) {
    String @Nullable [] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  /** MB that live after a full collection, the sum of the class histogram. */
  private static double liveHeap(long pid) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith("Total"))
        .mapToDouble(line -> Double.parseDouble(line.strip().split(" +", -1)[2]) * 1e-6)
        .findFirst()
        .orElse(Double.NaN);
  }

  private ProcessBuilder script(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(HOME + "/submit-scripts/" + name));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("err.txt").toFile());
    process.environment().put("EIGENSWEEP_CLUSTER", folder.resolve("cluster").toString());
    return process;
  }

  private static void pause(Process process) {
    try {
      boolean unused = process.waitFor(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(Process process) throws IOException {
    try {
      if (process.waitFor() != 0) {
        throw new IOException(Files.readString(folder.resolve("err.txt")));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    await(script("cluster.sh", "stop").start());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
