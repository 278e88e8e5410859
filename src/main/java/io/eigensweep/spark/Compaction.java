package io.eigensweep.spark;

import io.eigensweep.result.ResultStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings the row files of a sweep into few files of flat tables.
 *
 * <p>A sweep that has grown gets the new rows as further files; they are complete before their
 * names are visible. Where that can't be done, because a row was replaced, the columns have changed
 * or the files have become many, each table is written anew and takes the place of the old one when
 * it is complete. {@link Manifest} tells which it is. {@code trials} comes last, so that a trial
 * that is seen there has its curves and spectra.
 */
final class Compaction {
  /** Files of a table from which on it is written anew: as many appends as that stay readable. */
  static final int MANY = 48;

  private static final List<String> ORDER = List.of("spectra", "modes", "curves", "trials");

  private final SparkSession session;
  private final ResultStore store;

  Compaction(SparkSession session, ResultStore store) {
    this.session = session;
    this.store = store;
  }

  /** Writes what is missing. */
  void run() {
    SweepTables tables = new SweepTables(session, store);
    ORDER.forEach(table -> folder(table).recover());
    boolean append = tables.manifest().map(manifest -> grows(tables, manifest)).orElse(false);
    if (append && tables.fresh().isEmpty()) {
      tables.manifest().ifPresent(this::discardOthers);
      return;
    }
    // Each row file is opened once: opening costs more than reading.
    Dataset<Row> rows = tables.rows(tables.fresh()).persist(StorageLevel.DISK_ONLY());
    try {
      Map<String, Set<String>> files = new HashMap<>();
      for (String table : ORDER) {
        session.sparkContext().setJobDescription("write tables/" + table);
        TableFolder folder = folder(table);
        if (append) {
          tables.manifest().ifPresent(manifest -> discardOthers(manifest, table));
          folder.append(few(table, SweepTables.flat(table, rows)));
        } else {
          folder.replace(few(table, tables.read(table, rows)));
        }
        files.put(table, folder.dataFiles());
      }
      new Manifest(Manifest.COLUMNS, tables.versions(), files).write(store);
    } finally {
      rows.unpersist();
    }
  }

  private static boolean grows(SweepTables tables, Manifest manifest) {
    return tables.outdated().isEmpty()
        && manifest.files().values().stream().allMatch(files -> files.size() < MANY);
  }

  private void discardOthers(Manifest manifest) {
    ORDER.forEach(table -> discardOthers(manifest, table));
  }

  private void discardOthers(Manifest manifest, String table) {
    folder(table).keep(manifest.files().getOrDefault(table, Set.of()));
  }

  /** Spectra are large and come in files of their own size; the rest is brought together. */
  private static Dataset<Row> few(String table, Dataset<Row> rows) {
    return table.equals("spectra") ? rows : rows.hint("rebalance");
  }

  private TableFolder folder(String table) {
    return new TableFolder(new Path(store.tablesFolder(), table), session);
  }
}
