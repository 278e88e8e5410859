package io.eigensweep.report;

import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Says in words of which points the smallest eigenvalues of a sweep are. */
public final class ScopeNote {
  private ScopeNote() {}

  /** A sentence for each scope; empty without kernels. */
  public static String of(List<TrialRow> rows) {
    StringBuilder text = new StringBuilder();
    for (Scope scope : Scope.values()) {
      List<TrialRow.Coverage> found = coverages(rows, scope);
      if (!found.isEmpty()) {
        text.append(text.isEmpty() ? "" : " ").append(sentence(scope, found));
      }
    }
    return text.toString();
  }

  /**
   * Of which points plots of whole spectra and of their course are: they show windows where λ_min
   * is of all points.
   */
  static String ofSpectra(List<TrialRow> rows) {
    return coverages(rows, Scope.TRAINING).isEmpty()
        ? of(rows)
        : "With the pattern all the spectra are of the window of neighbouring points that has the"
            + " smallest λ_min. In the tables: "
            + of(rows);
  }

  private static List<TrialRow.Coverage> coverages(List<TrialRow> rows, Scope scope) {
    return rows.stream()
        .map(TrialRow::coverage)
        .filter(Objects::nonNull)
        .filter(coverage -> coverage.scope().equals(Names.of(scope)))
        .distinct()
        .toList();
  }

  private static String sentence(Scope scope, List<TrialRow.Coverage> found) {
    String points = range(found, TrialRow.Coverage::points);
    String training = range(found, TrialRow.Coverage::training);
    boolean every = found.stream().allMatch(one -> one.points() == one.training());
    return switch (scope) {
      case SAMPLE ->
          "λ_min is of a sample of "
              + points
              + " points, where "
              + training
              + " are trained on; that of all of them can be smaller by orders of magnitude.";
      case WINDOW ->
          every
              ? "λ_min is of every training point (" + training + ")."
              : "λ_min is of "
                  + points
                  + " neighbouring of "
                  + training
                  + " training points, of the window in which it is smallest: an upper bound of that of"
                  + " all of them.";
      case TRAINING -> "λ_min is of every training point (" + training + ").";
    };
  }

  private static String range(
      List<TrialRow.Coverage> found, ToIntFunction<TrialRow.Coverage> value) {
    IntSummaryStatistics values = found.stream().mapToInt(value).summaryStatistics();
    return values.getMin() == values.getMax()
        ? String.format(Locale.ROOT, "%,d", values.getMin())
        : String.format(Locale.ROOT, "%,d to %,d", values.getMin(), values.getMax());
  }
}
