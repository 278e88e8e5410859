package io.eigensweep.benchmark;

import java.io.PrintStream;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** What a finer grid costs: cache misses. */
final class ResolutionSuite implements Suite {
  @Override
  public String option() {
    return "resolution";
  }

  @Override
  public String title() {
    return "resolution: an epoch of multigrid with R = 400 over one with R = 50, 256 × 256 pixels,"
        + " 2 levels";
  }

  @Override
  public void run(PrintStream out) throws RunnerException {
    for (RunResult result : Measurements.of(ResolutionBenchmark.class)) {
      out.printf(
          Locale.ROOT,
          "width %s: %.3f%n",
          Measurements.parameter(result, "width"),
          Measurements.ratio(result, "fineNanos", "coarseNanos"));
    }
  }
}
