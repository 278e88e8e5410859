package io.eigensweep.tables;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.report.ClaimsFiles;
import io.eigensweep.report.ClaimsTable;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.ResultStoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Spark SQL over a sweep. {@code trials}, {@code curves}, {@code spectra} and {@code modes} are
 * read from the committed rows, so they are as fresh as the sweep; {@code comparison} and {@code
 * resolution} are what {@code aggregate} has last written, and so is {@code claims}.
 */
public final class SqlViews {
  /**
   * SQLSTATE classes that blame the query: cardinality, data, names, unsupported, raised by it; and
   * KD, a file that can't be read, which the message names.
   */
  private static final List<String> QUERY_TO_BLAME = List.of("21", "22", "42", "0A", "P0", "KD");

  private final SparkSession session;
  private final List<String> unaggregated = new ArrayList<>();

  /**
   * Makes the views of the sweep in {@code store}; {@code notes} takes a line for each row left
   * out.
   */
  public SqlViews(Cluster cluster, ResultStore store, Consumer<String> notes) {
    this.session = cluster.session();
    SweepTables tables = new SweepTables(session, store);
    tables.notes().forEach(notes);
    for (String table : SweepTables.OF_ROWS) {
      tables.read(table).createOrReplaceTempView(table);
    }
    for (String table : SweepTables.AGGREGATED) {
      tables
          .base()
          .ifPresentOrElse(
              base -> base.table(session, table).createOrReplaceTempView(table),
              () -> {
                unaggregated.add(table);
                // In a session that has shown another sweep the name would be that one's.
                boolean unused = session.catalog().dropTempView(table);
              });
    }
    claims(store, notes);
    ReadOnly.forget(session);
  }

  /** The verdicts of the last aggregate, no rows where no claim names this sweep. */
  private void claims(ResultStore store, Consumer<String> notes) {
    List<String> lines = new ArrayList<>();
    try {
      store
          .report(ClaimsFiles.JSON)
          .ifPresent(json -> new String(json, StandardCharsets.UTF_8).lines().forEach(lines::add));
    } catch (ResultStoreException e) {
      notes.accept(e.getMessage() + "; the view claims is empty");
    }
    session
        .read()
        .schema(Schemas.of(ClaimsTable.FIELDS))
        .json(session.createDataset(lines, Encoders.STRING()))
        .createOrReplaceTempView("claims");
  }

  /**
   * Hands the answer of {@code sql} to {@code reader}.
   *
   * @throws SqlException when the query is to blame: its syntax, a name, a value
   */
  public void query(String sql, Consumer<Query> reader) {
    try {
      ReadOnly.check(session, sql);
      reader.accept(new Query(session.sql(sql)));
    } catch (SqlException e) {
      throw e;
    } catch (RuntimeException e) {
      throw blamed(e);
    } catch (Exception e) { // AnalysisException: checked, but not declared
      throw blamed(new IllegalStateException(e.getMessage(), e));
    }
  }

  /** {@code error}, or a {@link SqlException} when the query is to blame. */
  private RuntimeException blamed(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && blamesQuery(spark.getSqlState())) {
        return new SqlException(message(cause, spark), error);
      }
    }
    return error;
  }

  private static boolean blamesQuery(@Nullable String sqlState) {
    return sqlState != null && QUERY_TO_BLAME.stream().anyMatch(sqlState::startsWith);
  }

  private String message(Throwable error, SparkThrowable spark) {
    String relation = spark.getMessageParameters().getOrDefault("relationName", "");
    String name = relation.replace("`", "");
    if (unaggregated.contains(name)) {
      return "the view " + name + " is made by the command aggregate, which has not run yet";
    }
    // Spark adds the plan, or the query with a marker, in further lines.
    return String.valueOf(error.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(error.getClass().getSimpleName());
  }
}
