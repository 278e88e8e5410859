package io.eigensweep.benchmark;

import java.io.PrintStream;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Training against the matrix product of its hidden layers. */
final class TrainingSuite implements Suite {
  @Override
  public String option() {
    return "training";
  }

  @Override
  public String title() {
    return "training: whole epochs, batch 1024, 2 hidden layers, against sgemm 1024 × width × width"
        + " of the same run";
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
    for (RunResult result : Measurements.of(TrainingBenchmark.class)) {
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
