package io.eigensweep.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.eigensweep.ntk.Scope;
import io.eigensweep.report.DecayBand;
import io.eigensweep.settings.Names;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What kernels predict of the loss between checkpoints, and what came. */
final class DecayScan {
  /** The part of the kernel that acts between two checkpoints. */
  private static final String ACTING =
      "CASE WHEN freeze_grid_at <= from_epoch AND freeze_network_at <= from_epoch THEN 'none'"
          + " WHEN freeze_grid_at > from_epoch AND freeze_grid_at < epoch THEN 'none'"
          + " WHEN freeze_network_at > from_epoch AND freeze_network_at < epoch THEN 'none'"
          + " WHEN freeze_grid_at <= from_epoch THEN 'mlp'"
          + " WHEN freeze_network_at <= from_epoch THEN 'grid' ELSE 'total' END";

  /** The energy that it leaves of a group of modes, see {@link DecayBand}. */
  private static final String LEFT =
      "CASE WHEN acting = 'total' THEN energy_predicted"
          + " WHEN energy_predicted IS NULL OR eigenvalues IS NULL THEN NULL"
          + " WHEN eigenvalue <= 0 OR energy_before = 0 THEN energy_before"
          + " ELSE energy_before * pow(energy_predicted / energy_before, least(1D, greatest(0D,"
          + " aggregate(slice(eigenvalues, size(eigenvalues) - mode - `count` + 1, `count`), 0D,"
          + " (sum, value) -> sum + value) / `count` / eigenvalue))) END";

  private final ReportTables tables;

  DecayScan(ReportTables tables) {
    this.tables = tables;
  }

  /** For each setting and two checkpoints, medians over its trials. */
  List<DecayBand> read() {
    tables.describe("report: predicted and observed decay");
    Dataset<Row> parts =
        tables
            .scoped()
            .where(col("term").isin("mlp", "grid"))
            .where(col("scope").equalTo(Names.of(Scope.SAMPLE)))
            .select(
                col("trial_id"),
                col("term").as("acting"),
                col("epoch").as("from_epoch"),
                col("eigenvalues"));
    List<Row> bands =
        tables
            .table("modes")
            .where(col("basis").equalTo("eigen"))
            .join(tables.shown(), "trial_id")
            .withColumn("acting", expr(ACTING))
            .join(parts, ReportTables.sequence("trial_id", "acting", "from_epoch"), "left")
            .withColumn("left_over", expr(LEFT))
            .groupBy("setting", "trial_id", "from_epoch", "epoch")
            .agg(
                functions.sum("energy_before").as("before"),
                ifAll("left_over", functions.sum("left_over")).as("predicted"),
                ifAll("energy_predicted", functions.sum("energy_predicted")).as("by_total"),
                functions.sum("energy").as("observed"))
            .groupBy("setting", "from_epoch", "epoch")
            .agg(
                ReportTables.median(col("before")),
                ifAll("predicted", ReportTables.median(col("predicted"))),
                ifAll("by_total", ReportTables.median(col("by_total"))),
                ReportTables.median(col("observed")))
            .orderBy("setting", "from_epoch", "epoch")
            .collectAsList();
    return bands.stream()
        .map(
            band ->
                new DecayBand(
                    band.getString(0),
                    band.getInt(1),
                    band.getInt(2),
                    band.getDouble(3),
                    band.getAs(4),
                    band.getAs(5),
                    band.getDouble(6)))
        .toList();
  }

  /** {@code value} where no row of the group lacks {@code column}, else null. */
  private static Column ifAll(String column, Column value) {
    return functions.when(functions.count(column).equalTo(functions.count(lit(1))), value);
  }
}
