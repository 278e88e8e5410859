package io.eigensweep.benchmark;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Training against the matrix product of its hidden layers. */
final class TrainingSuite implements Suite {
  private final String option;
  private final List<String> libraries;

  /** Trains with {@code libraries}, as {@link TrainingBenchmark#blas} names them. */
  TrainingSuite(String option, String... libraries) {
    this.option = option;
    this.libraries = List.of(libraries);
  }

  @Override
  public String option() {
    return option;
  }

  @Override
  public String title() {
    return option
        + ": whole epochs, batch 1024, 2 hidden layers, against the native"
        + " sgemm 1024 × width × width of the same run";
  }

  @Override
  public void run(PrintStream out) throws RunnerException {
    out.printf(
        Locale.ROOT,
        "%-14s %5s %-8s %16s %16s %7s%n",
        "encoding",
        "width",
        "library",
        "sgemm GFLOP/s",
        "train GFLOP/s",
        "share");
    for (String library : libraries) {
      rows(
          out,
          library.equals("native")
              ? Measurements.of(TrainingBenchmark.class, "blas", library)
              : Measurements.briefly(TrainingBenchmark.class, "blas", library));
    }
  }

  private static void rows(PrintStream out, Collection<RunResult> results) {
    for (RunResult result : results) {
      double sgemm = Measurements.ratio(result, "sgemmFlops", "sgemmNanos");
      double training = Measurements.ratio(result, "trainingFlops", "trainingNanos");
      out.printf(
          Locale.ROOT,
          "%-14s %5s %-8s %16.1f %16.1f %6.1f%%%n",
          Measurements.parameter(result, "encoding"),
          Measurements.parameter(result, "width"),
          Measurements.parameter(result, "blas"),
          sgemm,
          training,
          100 * training / sgemm);
    }
  }
}
