package io.eigensweep.aggregate;

import java.util.List;

/** The comparison of encodings with a grid by its resolution, one series for each setting. */
public final class ResolutionComparison {
  private ResolutionComparison() {}

  /** The series of {@code rows}, each in ascending resolution; see {@link Comparison}. */
  public static List<ResolutionRow> of(List<TrialRow> rows) {
    return Comparison.resolutions(rows);
  }
}
