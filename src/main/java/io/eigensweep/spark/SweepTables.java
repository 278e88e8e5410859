package io.eigensweep.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.eigensweep.result.Column;
import io.eigensweep.result.Field;
import io.eigensweep.result.ResultStore;
import io.eigensweep.result.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The flat tables of a sweep as they are at one moment: what is compacted in {@code tables/}, and
 * the row files in {@code trials/} that are newer.
 */
final class SweepTables {
  /** Tables whose rows are parts of the trials' rows. */
  static final List<String> OF_ROWS = List.of("trials", "curves", "spectra", "modes");

  /** Tables that are computed from all of them. */
  static final List<String> AGGREGATED = List.of("comparison", "resolution");

  private static final List<Field> ROW = Tables.ROW.stream().map(Column::field).toList();

  private final SparkSession session;
  private final ResultStore store;
  private final Optional<Manifest> manifest;
  private final Map<String, Manifest.Version> versions;
  private final Set<String> fresh = new TreeSet<>();
  private final Set<String> outdated = new TreeSet<>();

  SweepTables(SparkSession session, ResultStore store) {
    this.session = session;
    this.store = store;
    // Row files are small: pack by their bytes, not by Spark's guess of 4 MB for opening one.
    session.conf().set("spark.sql.files.openCostInBytes", 64 << 10);
    // They are listed by path; a task for each path would cost more than the listing.
    session.conf().set("spark.sql.sources.parallelPartitionDiscovery.parallelism", 64);
    TableFolder folder = new TableFolder(new Path(store.tablesFolder(), "trials"), session);
    this.manifest = Manifest.read(store, folder.fileSystem());
    this.versions = Manifest.versions(store);
    Map<String, Manifest.Version> compacted = manifest.map(Manifest::rows).orElse(Map.of());
    versions.forEach(
        (id, version) -> {
          if (!version.equals(compacted.get(id))) {
            fresh.add(id);
          }
        });
    compacted.forEach(
        (id, version) -> {
          if (!version.equals(versions.get(id))) {
            outdated.add(id);
          }
        });
  }

  /** {@code trials}, {@code curves}, {@code spectra} or {@code modes}. */
  Dataset<Row> read(String table) {
    return read(table, rows(fresh));
  }

  /** The same where {@code rows} are those of {@link #fresh}. */
  Dataset<Row> read(String table, Dataset<Row> rows) {
    Dataset<Row> newer = flat(table, rows);
    if (manifest.isEmpty()) {
      return newer;
    }
    Dataset<Row> kept = compacted(session, table, manifest.get().paths(table, store));
    if (!outdated.isEmpty()) {
      Dataset<Row> ids =
          session.createDataset(List.copyOf(outdated), Encoders.STRING()).toDF("trial_id");
      kept =
          kept.join(broadcast(ids), kept.col("trial_id").equalTo(ids.col("trial_id")), "leftanti");
    }
    return fresh.isEmpty() ? kept : kept.unionByName(newer);
  }

  /** The part of {@code rows}, which are nested, that belongs into {@code table}. */
  static Dataset<Row> flat(String table, Dataset<Row> rows) {
    return switch (table) {
      case "trials" -> rows.select(columns("trials"));
      case "curves" -> exploded(rows, "curve", "curves");
      case "spectra" -> exploded(rows, "spectra", "spectra");
      case "modes" -> exploded(rows, "modes", "modes");
      default -> throw new IllegalArgumentException("no rows of trials make the table " + table);
    };
  }

  /** The rows of the trials {@code ids}, nested, as they were committed. */
  Dataset<Row> rows(Collection<String> ids) {
    String[] paths =
        ids.stream()
            .map(id -> new Path(store.trialsFolder(), id + ".parquet").toString())
            .toArray(String[]::new);
    return paths.length == 0
        ? session.createDataFrame(List.<Row>of(), Schemas.of(ROW))
        : session.read().schema(Schemas.of(ROW)).parquet(paths);
  }

  /** The compacted table in the files {@code paths}. */
  static Dataset<Row> compacted(SparkSession session, String table, String... paths) {
    return session.read().schema(Schemas.of(fields(table))).parquet(paths);
  }

  /** What is compacted, if anything is. */
  Optional<Manifest> manifest() {
    return manifest;
  }

  /** The row files of this moment. */
  Map<String, Manifest.Version> versions() {
    return versions;
  }

  /** Trials whose row is not compacted, or was another one then. */
  Set<String> fresh() {
    return fresh;
  }

  /** Compacted trials whose row is another one now, or gone. */
  Set<String> outdated() {
    return outdated;
  }

  /** The fields of {@code table}. */
  static List<Field> fields(String table) {
    List<Field> fields = Tables.BY_NAME.get(table);
    if (fields == null) {
      throw new IllegalArgumentException("there is no table " + table);
    }
    return fields;
  }

  private static Dataset<Row> exploded(Dataset<Row> rows, String column, String table) {
    return rows.select(col("trial_id"), explode(col(column)).as("entry"))
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
