package io.eigensweep.report;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.ResolutionComparison;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.result.ResultStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The files of {@code report/}: {@code summary.md}, {@code comparison.md}, {@code comparison.csv},
 * {@code resolution.md}, {@code resolution.csv}.
 */
public final class ReportFiles {
  static final String NOTES =
      """

      Means ± standard deviations are over the succeeded trials of a setting: its pictures and \
      seeds. λ_min is the median of the kernel's smallest eigenvalue at the last checkpoint; where \
      rounding leaves it unknown, its bound stands ("< 3.1e-29") and no statistic uses it as a value. \
      Differences and orders of magnitude are taken on the same pictures and seeds, against the \
      identity encoding and against the fourier encoding with the highest mean PSNR, of the same \
      network and training where there is one. Bold: the best of its column. The CSV file has every \
      column and digit.
      """;

  private final ResultStore store;

  public ReportFiles(ResultStore store) {
    this.store = store;
  }

  /**
   * Writes all files from the rows of a sweep, finished or not.
   *
   * @return what was written
   */
  public List<Path> write(List<TrialRow> rows) {
    List<ComparisonRow> comparison = Comparison.of(rows);
    List<ResolutionRow> resolution = ResolutionComparison.of(rows);
    return List.of(
        write("summary.md", Summary.render(store.job(), rows)),
        write(
            "comparison.md",
            "# Comparison\n\n" + Markdown.render(ComparisonTables.wide(comparison)) + NOTES),
        write("comparison.csv", Csv.render(ComparisonTables.full(comparison))),
        write(
            "resolution.md",
            "# By resolution\n\n"
                + Markdown.render(ComparisonTables.wideByResolution(resolution))
                + NOTES),
        write("resolution.csv", Csv.render(ComparisonTables.fullByResolution(resolution))));
  }

  private Path write(String name, String text) {
    Path file = new Path(store.reportFolder(), name);
    store.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
