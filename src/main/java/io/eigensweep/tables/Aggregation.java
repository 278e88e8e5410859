package io.eigensweep.tables;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.store.ResultStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The aggregation job: reads every committed row of a sweep, finished or not, computes the
 * comparison tables, and publishes all tables together as a new {@link Generation}.
 */
public final class Aggregation {

  /** What the report is made of: the comparison, computed once, and the tables. */
  public static final class Result {
    private final Comparison comparison;
    private final Generation generation;

    private Result(Comparison comparison, Generation generation) {
      this.comparison = comparison;
      this.generation = generation;
    }

    /** Of all trials. */
    public Comparison comparison() {
      return comparison;
    }

    /** The folder of the tables. */
    public String folder() {
      return generation.folder().toString();
    }

    Generation generation() {
      return generation;
    }
  }

  private final SparkSession session;
  private final ResultStore store;
  private final Generations generations;
  private final Consumer<String> notes;

  /**
   * An aggregation of the sweep in {@code store}.
   *
   * @param notes takes a line for each row that is left out, and for other things to be told
   */
  public Aggregation(Cluster cluster, ResultStore store, Consumer<String> notes) {
    this.session = cluster.session();
    this.store = store;
    this.notes = notes;
    Configuration conf = session.sparkContext().hadoopConfiguration();
    this.generations = new Generations(store, conf);
  }

  /** Writes and publishes all tables, unless the published ones are of just these rows. */
  public Result run() {
    Optional<Result> result = Optional.empty();
    while (result.isEmpty()) {
      SweepTables tables = new SweepTables(session, store);
      tables.notes().forEach(notes);
      result = published(tables).or(() -> write(tables));
      if (result.isEmpty()) {
        notes.accept("another aggregate has published its tables meanwhile; going on from them");
      }
    }
    generations.clean();
    return result.get();
  }

  /** Whether {@code result} is what readers of the tables find. */
  public boolean isCurrent(Result result) {
    return generations.isCurrent(result.generation());
  }

  /** The comparison of every row, without writing anything. */
  public Comparison read() {
    SweepTables tables = new SweepTables(session, store);
    tables.notes().forEach(notes);
    return comparison(tables.read("trials"));
  }

  /** What is published already, if it is of just these rows and can be read. */
  private Optional<Result> published(SweepTables tables) {
    if (!tables.isUpToDate()) {
      return Optional.empty();
    }
    Generation current = tables.base().orElseThrow();
    try {
      return Optional.of(new Result(comparison(current.table(session, "trials")), current));
    } catch (Exception e) { // SparkException: checked, but not declared
      if (!isUnreadable(e)) {
        throw e instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getMessage(), e);
      }
      notes.accept("the tables in " + current.folder() + " are damaged; making them anew");
      return Optional.empty();
    }
  }

  /** Empty when another aggregation was faster. */
  private Optional<Result> write(SweepTables tables) {
    try (Generations.Draft draft = generations.begin()) {
      GenerationWriter writer = new GenerationWriter(session, draft.folder());
      Map<String, Manifest.Entry> rows = writer.write(tables, notes);
      // From the table that was just written, so that both show the same trials.
      Comparison comparison = comparison(writer.read("trials"));
      writer.write("comparison", comparison.rows().stream().map(ComparisonRow::values).toList());
      writer.write(
          "resolution", comparison.resolutions().stream().map(ResolutionRow::values).toList());
      return draft
          .publish(Manifest.of(rows, draft.files()), tables.current())
          .map(generation -> new Result(comparison, generation));
    }
  }

  private static boolean isUnreadable(Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkException spark
          && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")) {
        return true;
      }
    }
    return false;
  }

  private Comparison comparison(Dataset<Row> table) {
    session.sparkContext().setJobDescription("compare settings");
    Dataset<Row> rows =
        table.select(TrialRow.columns().stream().map(functions::col).toArray(Column[]::new));
    List<TrialRow> trials = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      trials.add(TrialRow.of(row::getAs));
    }
    return Comparison.of(trials);
  }
}
