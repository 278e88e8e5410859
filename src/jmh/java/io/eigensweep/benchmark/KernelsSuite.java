package io.eigensweep.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Seconds of a kernel with its spectra, by route and size. */
final class KernelsSuite implements Suite {
  private static final List<String> CASES =
      List.of(
          "multigrid-200 1024 512 gram",
          "multigrid-200 4096 512 gram",
          "identity 1024 256 jacobian",
          "multigrid-200 1024 256 jacobian");

  @Override
  public String option() {
    return "kernels";
  }

  @Override
  public String title() {
    return "kernels: a checkpoint's kernel of a network with 2 hidden layers and 3 outputs (mean),"
        + " 128 × 128 pixels, one thread; whole = terms, spectra, bounds, certificates, theory;"
        + " before = whole with dsyevd alone for the spectra";
  }

  @Override
  public void run(PrintStream out) throws RunnerException {
    out.printf(
        Locale.ROOT,
        "%-14s %6s %6s %-9s %10s %11s %10s %10s %7s %14s%n",
        "encoding",
        "points",
        "width",
        "method",
        "kernel s",
        "spectra s",
        "whole s",
        "before s",
        "ratio",
        "dgemm GFLOP/s");
    for (String what : CASES) {
      KernelsBenchmark.Case one = KernelsBenchmark.Case.of(what);
      RunResult result = Measurements.of(KernelsBenchmark.class, "what", what).iterator().next();
      double whole = seconds(result, "wholeNanos");
      double spectra = seconds(result, "spectraNanos");
      double before = whole - spectra + seconds(result, "oneStageNanos");
      out.printf(
          Locale.ROOT,
          "%-14s %6d %6d %-9s %10.2f %11.2f %10.2f %10.2f %7.2f %14.1f%n",
          one.encoding(),
          one.points(),
          one.width(),
          one.method().name().toLowerCase(Locale.ROOT),
          seconds(result, "kernelNanos"),
          spectra,
          whole,
          before,
          whole / before,
          Measurements.ratio(result, "dgemmFlops", "dgemmNanos"));
    }
    AllPointsRows.print(out);
  }

  private static double seconds(RunResult result, String counter) {
    return Measurements.ratio(result, counter, "checkpoints") * 1e-9;
  }
}
