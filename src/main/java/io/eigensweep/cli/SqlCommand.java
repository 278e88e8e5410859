package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.store.ResultStore;
import io.eigensweep.tables.SqlViews;
import java.io.PrintStream;

/** Answers one query over a sweep. */
final class SqlCommand {
  private final PrintStream out;
  private final PrintStream err;

  SqlCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(ResultStore store, ResultFormat format, String query) {
    if (query.isBlank()) {
      throw new UsageException("the query is empty");
    }
    try (Cluster cluster = Cluster.forQueries("sql")) {
      new SqlViews(cluster, store, err::println)
          .query(query, answer -> format.print(answer.columns(), answer.rows(), out));
    }
    return 0;
  }
}
