package io.eigensweep.benchmark;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH quietly and reads what it has measured. */
final class Measurements {
  private Measurements() {}

  /** Every combination of the parameters of {@code benchmarks}, in a process of its own each. */
  static Collection<RunResult> of(Class<?> benchmarks) throws RunnerException {
    return new Runner(options(benchmarks).build()).run();
  }

  /** Every combination where {@code parameter} has other {@code values}. */
  static Collection<RunResult> of(Class<?> benchmarks, String parameter, String... values)
      throws RunnerException {
    return new Runner(options(benchmarks).param(parameter, values).build()).run();
  }

  /** One iteration to warm up and three that count, for what takes seconds each. */
  static Collection<RunResult> briefly(Class<?> benchmarks, String parameter, String... values)
      throws RunnerException {
    return new Runner(
            options(benchmarks)
                .param(parameter, values)
                .warmupIterations(1)
                .measurementIterations(3)
                .build())
        .run();
  }

  private static ChainedOptionsBuilder options(Class<?> benchmarks) {
    return new OptionsBuilder()
        .include("^" + benchmarks.getName().replace('$', '.') + "\\.")
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  /** The value of a parameter of {@code result}. */
  static String parameter(RunResult result, String name) {
    return result.getParams().getParam(name);
  }

  /** The median over the iterations of the primary score, in its unit. */
  static double score(RunResult result) {
    return median(
        iterations(result).stream()
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .toArray());
  }

  /** The median over the iterations of one counter divided by another, as {@code AuxCounters}. */
  static double ratio(RunResult result, String numerator, String denominator) {
    return median(
        iterations(result).stream()
            .mapToDouble(
                iteration -> counter(iteration, numerator) / counter(iteration, denominator))
            .toArray());
  }

  private static double counter(IterationResult iteration, String name) {
    Result<?> counter = iteration.getSecondaryResults().get(name);
    if (counter == null) {
      throw new IllegalArgumentException("there is no counter " + name);
    }
    return counter.getScore();
  }

  private static List<IterationResult> iterations(RunResult result) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .toList();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
