package io.eigensweep.report;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.Headline;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.aggregate.SideBySide;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.store.ResultStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The files of {@code report/} that are not HTML: {@code summary.md}, and as Markdown, CSV and
 * LaTeX the tables {@code headline}, {@code comparison} and {@code resolution}; {@code failures} as
 * CSV and LaTeX.
 */
public final class ReportFiles {
  private static final String NOTES =
      """

      Means ± standard deviations are over the succeeded trials of a setting: its pictures and \
      seeds. λ_min is the median of the kernel's smallest eigenvalue at the last checkpoint; where \
      rounding leaves it unknown, its bound stands ("< 3.1e-29") and no statistic uses it as a value; \
      "unresolved" counts such kernels. A kernel at initialisation does not depend on the picture and \
      counts once for each seed. \
      Differences and orders of magnitude are taken on the same pictures and seeds, against the \
      identity encoding and against the best fourier encoding of the same \
      network and training where there is one, with the 95 % interval of the mean over \
      pictures in brackets (Student's, each picture counted once with its seeds; none for a single \
      picture). The best is the one with the highest mean PSNR of those that lost the smallest share of \
      their trials, on the pictures and seeds that they share; it is chosen on these very trials, which \
      makes the difference to it a little too small. \
      JPEG is that of the same pictures in at most as many bytes as the parameters take, "best" where the \
      highest quality takes fewer. Bold: the best of its column, among the settings that lost the \
      smallest share of their trials. The CSV file has every \
      column and digit.
      """;

  private static final String CLAIMS =
      """

      The best multigrid setting by mean PSNR (of those that lost the smallest share of their trials, on \
      the pictures and seeds that they share) against the identity encoding and the best \
      fourier encoding on the same pictures and seeds, with the 95 % interval of the mean \
      over pictures; both settings are chosen on these very trials, which no interval allows for; \
      beside it what the abstract of the paper states. Orders of magnitude are those of the median \
      λ_min; "> 9.4" where rounding leaves a bound only. The CSV file has the proved ones beside, of the \
      lower bound of one over the upper bound of the other.
      """;

  private static final String BESIDE =
      """

      Differences and orders of magnitude are A minus B, on the same pictures and seeds, with the 95 % \
      interval of the mean over pictures. What is the same in all of A and another in all of B does not \
      part settings. The CSV file has every digit.
      """;

  private final ResultStore store;

  public ReportFiles(ResultStore store) {
    this.store = store;
  }

  /**
   * Writes all files of a sweep, finished or not.
   *
   * @return what was written
   */
  public List<Path> write(Comparison compared) {
    List<TrialRow> rows = compared.trials();
    List<ComparisonRow> comparison = compared.rows();
    List<ResolutionRow> resolution = compared.resolutions();
    Table headline = HeadlineTable.of(Headline.of(compared));
    Table signatures = SignatureTable.of(comparison);
    Table failures = Summary.failureTable(rows);
    return List.of(
        write("summary.md", Summary.render(store.job(), rows)),
        write(
            "headline.md",
            "# The paper's headline\n\n" + Markdown.render(headline) + CLAIMS + scope(rows)),
        write("headline.csv", Csv.render(headline)),
        write("headline.tex", Latex.render(headline)),
        write(
            "comparison.md",
            "# Comparison\n\n" + Markdown.render(ComparisonTables.wide(comparison)) + notes(rows)),
        write("comparison.csv", Csv.render(ComparisonTables.full(comparison))),
        write("comparison.tex", Latex.render(ComparisonTables.printed(comparison))),
        write(
            "resolution.md",
            "# By resolution\n\n"
                + Markdown.render(ComparisonTables.wideByResolution(resolution))
                + notes(rows)),
        write("resolution.csv", Csv.render(ComparisonTables.fullByResolution(resolution))),
        write("resolution.tex", Latex.render(ComparisonTables.printedByResolution(resolution))),
        write(
            "signatures.md",
            "# What went wrong where\n\n" + Markdown.render(signatures) + SignatureTable.NOTES),
        write("signatures.csv", Csv.render(signatures)),
        write("failures.csv", Csv.render(failures)),
        write("failures.tex", Latex.render(failures)));
  }

  /** Writes {@code side-by-side.md}, {@code .csv} and {@code .tex}, headed by {@code names}. */
  public void write(SideBySide sweeps, String names) {
    Table table = SideBySideTable.of(sweeps);
    StringBuilder head = new StringBuilder("# Side by side\n\n");
    names.lines().forEach(line -> head.append("- ").append(Markdown.text(line)).append('\n'));
    write("side-by-side.md", head + "\n" + Markdown.render(table) + BESIDE);
    write("side-by-side.csv", Csv.render(SideBySideTable.full(sweeps)));
    write("side-by-side.tex", Latex.render(table));
  }

  /** What holds for all tables, and of which points the eigenvalues of these rows are. */
  static String notes(List<TrialRow> rows) {
    return NOTES + scope(rows);
  }

  private static String scope(List<TrialRow> rows) {
    String scope = ScopeNote.of(rows);
    return scope.isEmpty() ? "" : "\n" + scope + "\n";
  }

  private Path write(String name, String text) {
    Path file = new Path(store.reportFolder(), name);
    store.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
