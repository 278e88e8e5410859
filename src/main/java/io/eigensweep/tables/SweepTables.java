package io.eigensweep.tables;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.eigensweep.measure.Field;
import io.eigensweep.result.Column;
import io.eigensweep.result.Tables;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.RowVersion;
import io.eigensweep.trial.TrialId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private final Optional<String> current;
  private final Optional<Generation> base;
  private final Map<String, RowVersion> versions;
  private final Set<String> fresh = new TreeSet<>();
  private final Set<String> outdated = new TreeSet<>();
  private final Map<String, String> unreadable = new TreeMap<>();

  /** What is there now. */
  SweepTables(SparkSession session, ResultStore store) {
    this.session = session;
    this.store = store;
    Generations generations = new Generations(store, session.sparkContext().hadoopConfiguration());
    this.current = generations.current();
    this.base = generations.published();
    this.versions = Manifest.versions(store);
    Map<String, Manifest.Entry> compacted =
        base.map(generation -> generation.manifest().rows()).orElse(Map.of());
    versions.forEach(
        (id, version) -> {
          Manifest.Entry entry = compacted.get(id);
          if (entry == null || !version.equals(entry.version())) {
            fresh.add(id);
          }
        });
    compacted.forEach(
        (id, entry) -> {
          if (!entry.version().equals(versions.get(id))) {
            outdated.add(id);
          }
        });
    store
        .damaged(fresh.stream().map(TrialId::new).toList())
        .forEach((id, fault) -> unreadable.put(id.text(), fault));
    fresh.removeAll(unreadable.keySet());
  }

  /** {@code trials}, {@code curves}, {@code spectra} or {@code modes}. */
  Dataset<Row> read(String table) {
    Dataset<Row> newer = flat(table, rows(fresh));
    if (base.isEmpty()) {
      return newer;
    }
    Dataset<Row> kept = base.get().table(session, table);
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

  /**
   * The rows of the trials {@code ids}, nested, as they were committed; without those that are
   * moved aside meanwhile.
   */
  Dataset<Row> rows(Collection<String> ids) {
    return Schemas.parquet(
        session,
        ROW,
        ids.stream().map(id -> new Path(store.trialsFolder(), id + ".parquet")).toList(),
        "ignoreMissingFiles");
  }

  /** What is compacted, if anything is. */
  Optional<Generation> base() {
    return base;
  }

  /** The name of the published generation, which another version may have made. */
  Optional<String> current() {
    return current;
  }

  /** The row files of this moment that can be read. */
  Map<String, RowVersion> readable() {
    Map<String, RowVersion> readable = new TreeMap<>(versions);
    readable.keySet().removeAll(unreadable.keySet());
    return readable;
  }

  /** The sweep. */
  ResultStore store() {
    return store;
  }

  /** Trials whose row is not compacted, or was another one then. */
  Set<String> fresh() {
    return fresh;
  }

  /** Compacted trials whose row is another one now, or gone. */
  Set<String> outdated() {
    return outdated;
  }

  /** Trials that are left out because their row can't be read, with the reason. */
  Map<String, String> unreadable() {
    return unreadable;
  }

  /** One line for each row that is left out. */
  List<String> notes() {
    return notes(unreadable);
  }

  /** One line for each row that is left out because of the fault that it has. */
  static List<String> notes(Map<String, String> faults) {
    return faults.entrySet().stream()
        .map(row -> "the row of " + row.getKey() + " is left out: " + row.getValue())
        .toList();
  }

  /** Whether {@link #base} is all that this build would make of the rows. */
  boolean isUpToDate() {
    return fresh.isEmpty()
        && outdated.isEmpty()
        && base.map(generation -> generation.manifest().isOfThisProgram()).orElse(false);
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
