package io.eigensweep.benchmark;

import io.eigensweep.benchmark.ClusterRun.Span;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What distribution costs, on a standalone cluster of two one-core workers on this machine: real
 * processes, and the submit scripts as users call them.
 */
final class ClusterSuite implements Suite {
  private static final String SHORT =
      """
      name: short
      signal: {type: generated, kind: glyphs, size: 32}
      encoding: {type: identity}
      network: {width: 64}
      training: {learning-rate: 10, epochs: 20, psnr-every: 20}
      ntk: {points: 36, epochs: [last]}
      seeds: SEEDS
      """;

  private static final String LONG =
      """
      name: long
      signal: {type: generated, kind: glyphs, size: 128}
      encoding: {type: identity}
      network: {width: 256}
      training: {learning-rate: 10, epochs: 150}
      ntk: {points: 256}
      seeds: SEEDS
      """;

  @Override
  public String option() {
    return "cluster";
  }

  @Override
  public String title() {
    return "cluster: a standalone master and two one-core workers on this machine";
  }

  @Override
  public void run(PrintStream out) {
    try (ClusterRun cluster = ClusterRun.start()) {
      out.printf(
          Locale.ROOT,
          "%-28s %9s %6s %10s %14s %10s%n",
          "trials",
          "executors",
          "count",
          "each",
          "overhead each",
          "overhead");
      overhead(out, "short", cluster.sweep(SHORT.replace("SEEDS", seeds(2000)), 2, true), 2);
      List<Span> two = cluster.sweep(LONG.replace("SEEDS", seeds(40)), 2, false);
      overhead(out, "long", two, 2);
      List<Span> one = cluster.sweep(LONG.replace("SEEDS", seeds(10)), 1, false);
      overhead(out, "long", one, 1);
      out.printf(
          Locale.ROOT,
          "%ntrials per second of two executors / of one, while all cores are busy: %.3f%n",
          Span.rate(two, 2) / Span.rate(one, 1));
      for (String heap : cluster.driverHeap()) {
        out.println(heap);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void overhead(PrintStream out, String name, List<Span> spans, int slots) {
    double each = spans.stream().mapToDouble(Span::seconds).average().orElseThrow();
    double share = Span.overhead(spans, slots);
    out.printf(
        Locale.ROOT,
        "%-28s %9d %6d %7.1f ms %11.1f ms %9.2f%%%n",
        name,
        slots,
        spans.size(),
        1e3 * each,
        1e3 * each * share / (1 - share),
        100 * share);
  }

  private static String seeds(int count) {
    return IntStream.range(0, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
