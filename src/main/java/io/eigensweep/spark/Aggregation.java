package io.eigensweep.spark;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.ResolutionComparison;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.result.ResultStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The aggregation job: reads every committed row of a sweep, finished or not, writes the flat
 * tables, and computes the comparison tables from them.
 */
public final class Aggregation {

  /**
   * What the report is made of.
   *
   * @param trials the rows' values that the statistics use
   * @param comparison for each encoding and setting
   * @param resolutions for each grid resolution
   */
  public record Result(
      List<TrialRow> trials, List<ComparisonRow> comparison, List<ResolutionRow> resolutions) {}

  private final SparkSession session;
  private final ResultStore store;

  /** An aggregation of the sweep in {@code store}. */
  public Aggregation(Cluster cluster, ResultStore store) {
    this.session = cluster.session();
    this.store = store;
  }

  /** Writes all tables. */
  public Result run() {
    new Compaction(session, store).run();
    List<TrialRow> trials = trials();
    List<ComparisonRow> comparison = Comparison.of(trials);
    List<ResolutionRow> resolutions = ResolutionComparison.of(trials);
    write("comparison", comparison.stream().map(ComparisonRow::values).toList());
    write("resolution", resolutions.stream().map(ResolutionRow::values).toList());
    return new Result(trials, comparison, resolutions);
  }

  /** What the statistics need of every row, without writing anything. */
  public List<TrialRow> read() {
    return trials(new SweepTables(session, store).read("trials"));
  }

  /** From the table that was just written, so that both show the same trials. */
  private List<TrialRow> trials() {
    String path = new Path(store.tablesFolder(), "trials").toString();
    return trials(SweepTables.compacted(session, "trials", path));
  }

  private List<TrialRow> trials(Dataset<Row> table) {
    session.sparkContext().setJobDescription("compare settings");
    Dataset<Row> rows =
        table.select(
            TrialRow.columns().stream().distinct().map(functions::col).toArray(Column[]::new));
    List<TrialRow> trials = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      trials.add(TrialRow.of(row::getAs));
    }
    return trials;
  }

  private void write(String table, List<Map<String, @Nullable Object>> rows) {
    session.sparkContext().setJobDescription("write tables/" + table);
    StructType schema = Schemas.of(SweepTables.fields(table));
    List<Row> values = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      Object[] cells = new Object[schema.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = row.get(schema.fieldNames()[i]);
      }
      values.add(RowFactory.create(cells));
    }
    folder(table).replace(session.createDataFrame(values, schema).coalesce(1));
  }

  private TableFolder folder(String table) {
    return new TableFolder(new Path(store.tablesFolder(), table), session);
  }
}
