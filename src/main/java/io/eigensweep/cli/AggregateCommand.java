package io.eigensweep.cli;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.Headline;
import io.eigensweep.aggregate.SideBySide;
import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimFile;
import io.eigensweep.claims.ClaimResult;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Connections;
import io.eigensweep.report.ClaimsFiles;
import io.eigensweep.report.ComparisonTables;
import io.eigensweep.report.HeadlineTable;
import io.eigensweep.report.HtmlReport;
import io.eigensweep.report.ReportFiles;
import io.eigensweep.report.ScopeNote;
import io.eigensweep.report.SideBySideTable;
import io.eigensweep.report.Table;
import io.eigensweep.store.ResultStore;
import io.eigensweep.tables.Aggregation;
import io.eigensweep.tables.ReportScan;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Turns committed rows into tables and a report. */
final class AggregateCommand {
  private final PrintStream out;
  private final PrintStream err;
  private final Connections connections;
  private List<Claim> claims = ClaimFile.paper();

  AggregateCommand(PrintStream out, PrintStream err, Connections connections) {
    this.connections = connections;
    this.out = out;
    this.err = err;
  }

  /** With claims of a user's own beside the paper's. */
  AggregateCommand judging(List<Claim> all) {
    claims = all;
    return this;
  }

  /**
   * Aggregates {@code store}; with {@code other}, puts it beside that sweep, which is only read.
   */
  int run(ResultStore store, @Nullable ResultStore other) {
    started(store);
    if (other != null) {
      started(other);
    }
    claims = StudyClaims.withKept(claims, Map.of(StudyClaims.study(store), store));
    try (Cluster cluster = connections.forQueries("aggregate")) {
      Aggregation aggregation = new Aggregation(cluster, store, err::println);
      Aggregation.Result result = aggregation.run();
      report(cluster, store, result);
      while (!aggregation.isCurrent(result)) {
        err.println("another aggregate has published its tables meanwhile; reporting from them");
        result = aggregation.run();
        report(cluster, store, result);
      }
      Comparison comparison = result.comparison();
      err.printf(
          Locale.ROOT,
          "%d trials into %s and %s%n",
          comparison.trials().size(),
          result.folder(),
          store.reportFolder());
      print(ComparisonTables.narrow(comparison.rows()));
      if (!comparison.resolutions().isEmpty()) {
        out.println();
        print(ComparisonTables.narrowByResolution(comparison.resolutions()));
      }
      List<Headline> headlines = Headline.of(comparison);
      if (!headlines.isEmpty()) {
        out.println();
        print(HeadlineTable.of(headlines));
      }
      String scope = ScopeNote.of(comparison.trials());
      if (!scope.isEmpty()) {
        out.println("\n" + scope);
      }
      if (other != null) {
        sideBySide(store, comparison, other, new Aggregation(cluster, other, err::println).read());
      }
    }
    return 0;
  }

  private void report(Cluster cluster, ResultStore store, Aggregation.Result result) {
    new ReportFiles(store).write(result.comparison());
    List<ClaimResult> verdicts = StudyClaims.judge(store, claims, err);
    if (!verdicts.isEmpty()) {
      ClaimsFiles.write(
          verdicts, (name, content) -> store.write(new Path(store.reportFolder(), name), content));
    }
    store.write(
        new Path(store.reportFolder(), "index.html"),
        HtmlReport.render(new ReportScan(cluster, store, result).read(), verdicts)
            .getBytes(StandardCharsets.UTF_8));
  }

  private void sideBySide(
      ResultStore store, Comparison first, ResultStore other, Comparison second) {
    SideBySide sweeps = SideBySide.of(first, second);
    String named =
        "A: "
            + store.folder()
            + "\nB: "
            + other.folder()
            + "\n"
            + scope("A", first)
            + scope("B", second)
            + SideBySideTable.differences(sweeps);
    new ReportFiles(store).write(sweeps, named);
    out.print("\n" + named + "\n");
    print(SideBySideTable.of(sweeps));
  }

  private static String scope(String name, Comparison sweep) {
    String scope = ScopeNote.of(sweep.trials());
    return scope.isEmpty() ? "" : name + ": " + scope + "\n";
  }

  private static void started(ResultStore store) {
    if (store.committed().isEmpty()) {
      throw new UsageException("no trial is committed in " + store.folder() + " yet");
    }
  }

  private void print(Table table) {
    AlignedText text = new AlignedText(table.header(), "");
    table.cells().forEach(text::add);
    text.print(out);
  }
}
