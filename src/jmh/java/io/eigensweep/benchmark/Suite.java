package io.eigensweep.benchmark;

import java.io.PrintStream;
import org.openjdk.jmh.runner.RunnerException;

/** The benchmarks behind one option of {@code benchmark.sh}, and the table that they print. */
interface Suite {
  /** The option without its dashes. */
  String option();

  /** What is measured, in one line: the head of the table. */
  String title();

  /** Measures and prints the table. */
  void run(PrintStream out) throws RunnerException;
}
