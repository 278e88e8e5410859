package io.eigensweep.cli;

import io.eigensweep.aggregate.EndedTrial;
import io.eigensweep.aggregate.FailureKind;
import io.eigensweep.settings.Names;
import io.eigensweep.trial.Stage;
import io.eigensweep.trial.Status;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of trials, in words: counts by status, and one line for each kind of failure. */
final class StatusText {
  private static final int KINDS = 10;

  private StatusText() {}

  /** {@code 22 SUCCEEDED, 2 FAILED}. */
  static String counts(List<? extends EndedTrial> rows) {
    List<String> counts = new ArrayList<>();
    for (Status status : Status.values()) {
      long count = rows.stream().filter(row -> row.status() == status).count();
      if (count > 0) {
        counts.add(String.format(Locale.ROOT, "%d %s", count, status));
      }
    }
    return counts.isEmpty() ? "none" : String.join(", ", counts);
  }

  /** Distinct pictures that could not be loaded. */
  static long refusedPictures(List<? extends EndedTrial> rows) {
    return rows.stream()
        .filter(row -> Names.of(Stage.LOAD).equals(row.failureStage()))
        .map(row -> row.picture().name())
        .distinct()
        .count();
  }

  /** One line for each kind of failure, the most frequent first. */
  static void printFailures(List<? extends EndedTrial> rows, PrintStream out) {
    List<FailureKind> kinds = FailureKind.of(rows);
    for (FailureKind kind : kinds.subList(0, Math.min(KINDS, kinds.size()))) {
      String stage = kind.stage() == null ? "" : " in " + kind.stage();
      out.printf(
          Locale.ROOT,
          "  %d × %s%s: %s (first: %s)%n",
          kind.count(),
          kind.status(),
          stage,
          kind.message().lines().findFirst().orElse(""),
          kind.example().name());
    }
    if (kinds.size() > KINDS) {
      out.printf(Locale.ROOT, "  and %d more kinds of failure%n", kinds.size() - KINDS);
    }
  }
}
