package io.eigensweep.benchmark;

import java.io.PrintStream;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Seconds of a trial's other parts. */
final class PartsSuite implements Suite {
  @Override
  public String option() {
    return "parts";
  }

  @Override
  public String title() {
    return "parts: multigrid R = 200 L = 2, width 256; encode and metrics of 256 × 256 pixels, kernel"
        + " and eigenvalues of 1024 points";
  }

  @Override
  public void run(PrintStream out) throws RunnerException {
    for (RunResult result : Measurements.of(PartsBenchmark.class)) {
      out.printf(
          Locale.ROOT,
          "%-12s %.3f s%n",
          result.getPrimaryResult().getLabel(),
          Measurements.score(result));
    }
  }
}
