package io.eigensweep.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.eigensweep.result.Column;
import io.eigensweep.result.Field;
import io.eigensweep.result.ResultStore;
import io.eigensweep.result.Tables;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The flat tables of a sweep, read from the committed rows of its trials. */
final class SweepTables {
  /** Tables whose rows are parts of the trials' rows. */
  static final List<String> OF_ROWS = List.of("trials", "curves", "spectra", "modes");

  /** Tables that are computed from all of them. */
  static final List<String> AGGREGATED = List.of("comparison", "resolution");

  private static final List<Field> ROW = Tables.ROW.stream().map(Column::field).toList();

  private final SparkSession session;
  private final ResultStore store;

  SweepTables(SparkSession session, ResultStore store) {
    this.session = session;
    this.store = store;
    // Row files are small: pack by their bytes, not by Spark's guess of 4 MB for opening one.
    session.conf().set("spark.sql.files.openCostInBytes", 64 << 10);
  }

  /** {@code trials}, {@code curves}, {@code spectra} or {@code modes}. */
  Dataset<Row> read(String table) {
    return switch (table) {
      case "trials" -> rows().select(columns("trials"));
      case "curves" -> exploded("curve", "curves");
      case "spectra" -> exploded("spectra", "spectra");
      case "modes" -> exploded("modes", "modes");
      default -> throw new IllegalArgumentException("no rows of trials make the table " + table);
    };
  }

  /** The fields of {@code table}. */
  static List<Field> fields(String table) {
    List<Field> fields = Tables.BY_NAME.get(table);
    if (fields == null) {
      throw new IllegalArgumentException("there is no table " + table);
    }
    return fields;
  }

  private Dataset<Row> rows() {
    return session.read().schema(Schemas.of(ROW)).parquet(store.trialsFolder().toString());
  }

  private Dataset<Row> exploded(String column, String table) {
    return rows()
        .select(col("trial_id"), explode(col(column)).as("entry"))
        .select(
            fields(table).stream()
                .map(Field::name)
                .map(
                    name ->
                        name.equals("trial_id") ? col(name) : col("entry").getField(name).as(name))
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private static org.apache.spark.sql.Column[] columns(String table) {
    return fields(table).stream()
        .map(Field::name)
        .map(functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }
}
