package io.eigensweep.cli;

import io.eigensweep.plan.Quantity;
import io.eigensweep.sweep.SweepSummary;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The last lines of a sweep: how well the cores were used, and what was left. */
final class SweepSummaryText {
  private SweepSummaryText() {}

  /**
   * Prints {@code summary}; null when the sweep was aborted before it had one.
   *
   * @param missing planned trials that have no row in storage
   */
  static void print(
      @Nullable SweepSummary summary, long missing, boolean interrupted, PrintStream out) {
    if (summary != null && summary.availableSeconds() > 0) {
      out.printf(
          Locale.ROOT,
          "cores: %d at the end, idle %.1f %% of %s; makespan %s, at best %s (%.1f %% above)%n",
          summary.slots(),
          100 * Math.max(0, 1 - summary.busySeconds() / summary.availableSeconds()),
          Quantity.duration(summary.availableSeconds()),
          Quantity.duration(summary.makespanSeconds()),
          Quantity.duration(summary.idealSeconds()),
          summary.idealSeconds() > 0
              ? 100 * (summary.makespanSeconds() / summary.idealSeconds() - 1)
              : 0);
    }
    if (summary != null && summary.givenUp() > 0) {
      out.printf(
          Locale.ROOT,
          "%s could not be run or stored, the first: %s%n",
          Quantity.count(summary.givenUp(), "trial"),
          summary.firstProblem());
    }
    long planned = missing - (summary == null ? 0 : summary.givenUp());
    if (planned > 0 && (interrupted || (summary != null && summary.postponed() > 0))) {
      out.printf(
          Locale.ROOT,
          "%s; the same command goes on with %s%n",
          Quantity.count(planned, "trial") + (planned == 1 ? " stays planned" : " stay planned"),
          planned == 1 ? "it" : "them");
    }
    if (interrupted) {
      out.println("interrupted: what is committed stays");
    }
  }
}
