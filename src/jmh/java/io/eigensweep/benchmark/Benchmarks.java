package io.eigensweep.benchmark;

import io.eigensweep.trial.Machine;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the suites that are asked for, in their order here; all of them without an argument. A new
 * benchmark is a class with JMH's annotations and one more {@link Suite} in {@link #SUITES}.
 */
public final class Benchmarks {
  private static final List<Suite> SUITES =
      List.of(
          new TrainingSuite("training", "native"),
          new TrainingSuite("libraries", "java", "ejml"),
          new ResolutionSuite(),
          new PartsSuite(),
          new KernelsSuite(),
          new PlanSuite(),
          new TablesSuite());

  private Benchmarks() {}

  /** Options: the names of suites, each with two dashes. */
  public static void main(String[] args) throws RunnerException {
    PrintStream out = System.out;
    List<String> options = SUITES.stream().map(suite -> "--" + suite.option()).toList();
    for (String arg : args) {
      if (!options.contains(arg)) {
        System.err.println(
            "benchmark: there is no " + arg + ", only " + String.join(", ", options));
        System.exit(2);
      }
    }
    List<Suite> chosen =
        SUITES.stream()
            .filter(
                suite -> args.length == 0 || Arrays.asList(args).contains("--" + suite.option()))
            .collect(Collectors.toList());
    Machine machine = Machine.current();
    out.printf(
        Locale.ROOT,
        "%s; Java %s; Eigensweep %s (%s)%n",
        machine.cpu(),
        machine.javaVersion(),
        machine.codeVersion(),
        machine.gitCommit());
    for (Suite suite : chosen) {
      out.printf(Locale.ROOT, "%n%s%n%n", suite.title());
      suite.run(out);
    }
  }
}
