package io.eigensweep.cli;

import io.eigensweep.result.ResultStore;
import io.eigensweep.spark.Cluster;
import io.eigensweep.spark.SqlViews;
import java.io.PrintStream;

/** Answers one query over a sweep. */
final class SqlCommand {
  private final PrintStream out;

  SqlCommand(PrintStream out) {
    this.out = out;
  }

  int run(ResultStore store, ResultFormat format, String query) {
    if (query.isBlank()) {
      throw new UsageException("the query is empty");
    }
    try (Cluster cluster = Cluster.forQueries("sql")) {
      new SqlViews(cluster, store)
          .query(query, answer -> format.print(answer.columns(), answer.rows(), out));
    }
    return 0;
  }
}
