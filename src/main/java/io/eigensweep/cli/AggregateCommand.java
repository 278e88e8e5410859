package io.eigensweep.cli;

import io.eigensweep.report.ComparisonTables;
import io.eigensweep.report.HtmlReport;
import io.eigensweep.report.ReportFiles;
import io.eigensweep.report.Table;
import io.eigensweep.result.ResultStore;
import io.eigensweep.spark.Aggregation;
import io.eigensweep.spark.Cluster;
import io.eigensweep.spark.ReportScan;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Turns committed rows into tables and a report. */
final class AggregateCommand {
  private final PrintStream out;
  private final PrintStream err;

  AggregateCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(ResultStore store) {
    if (store.committed().isEmpty()) {
      throw new UsageException("no trial is committed in " + store.folder() + " yet");
    }
    try (Cluster cluster = Cluster.forQueries("aggregate")) {
      Aggregation.Result result = new Aggregation(cluster, store).run();
      new ReportFiles(store).write(result.trials());
      ReportScan scan = new ReportScan(cluster, store, result.trials());
      store.write(
          new Path(store.reportFolder(), "index.html"),
          HtmlReport.render(scan.read()).getBytes(StandardCharsets.UTF_8));
      err.printf(
          Locale.ROOT,
          "%d trials into %s and %s%n",
          result.trials().size(),
          store.tablesFolder(),
          store.reportFolder());
      print(ComparisonTables.narrow(result.comparison()));
      if (!result.resolutions().isEmpty()) {
        out.println();
        print(ComparisonTables.narrowByResolution(result.resolutions()));
      }
    }
    return 0;
  }

  private void print(Table table) {
    AlignedText text = new AlignedText(table.header(), "");
    table.cells().forEach(text::add);
    text.print(out);
  }
}
