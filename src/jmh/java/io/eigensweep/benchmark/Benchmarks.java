package io.eigensweep.benchmark;

import io.eigensweep.trial.Machine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the suites that are asked for, in their order here; all of them without an argument. A new
 * benchmark is a class with JMH's annotations and one more {@link Suite} in {@link #suites}.
 */
public final class Benchmarks {
  private static final String PHOTOGRAPHS = "--plan=";

  private Benchmarks() {}

  /** Every suite; {@code root} is the folder of photographs for the plan, or empty. */
  private static List<Suite> suites(String root) {
    return List.of(
        new TrainingSuite("training", "native"),
        new TrainingSuite("libraries", "java", "ejml"),
        new ResolutionSuite(),
        new PartsSuite(),
        new KernelsSuite(),
        new PlanSuite(root),
        new SurfacesSuite(),
        new TablesSuite(),
        new ClusterSuite(),
        new MakespanSuite());
  }

  /** Options: the names of suites, each with two dashes; {@code --plan=ROOT} for photographs. */
  public static void main(String[] arguments) throws RunnerException {
    PrintStream out = System.out;
    String root = "";
    List<String> args = new ArrayList<>();
    for (String argument : arguments) {
      boolean photographs = argument.startsWith(PHOTOGRAPHS);
      root = photographs ? argument.substring(PHOTOGRAPHS.length()) : root;
      args.add(photographs ? "--plan" : argument);
    }
    List<Suite> suites = suites(root);
    List<String> options = suites.stream().map(suite -> "--" + suite.option()).toList();
    for (String arg : args) {
      if (!options.contains(arg)) {
        System.err.println(
            "benchmark: there is no " + arg + ", only " + String.join(", ", options));
        System.exit(2);
      }
    }
    List<Suite> chosen =
        suites.stream()
            .filter(suite -> args.isEmpty() || args.contains("--" + suite.option()))
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
