package io.eigensweep.tables;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import io.eigensweep.store.RowVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables of a new generation: the rows of the current one, which are read from few
 * files, and the row files that are newer. What was written is counted before it may be published.
 */
final class GenerationWriter {
  private final SparkSession session;
  private final Path folder;

  /** A writer of the tables in {@code folder}. */
  GenerationWriter(SparkSession session, Path folder) {
    this.session = session;
    this.folder = folder;
  }

  /**
   * Writes the tables of the trials' rows.
   *
   * @return the rows that they hold, by trial
   * @throws IncompleteTablesException when they hold others
   */
  Map<String, Manifest.Entry> write(SweepTables tables) {
    // Each row file is opened once: opening costs more than reading.
    Dataset<Row> rows = tables.rows(tables.fresh()).persist(StorageLevel.DISK_ONLY());
    try {
      Map<String, Manifest.Entry> entries = entries(tables, rows);
      for (String table : SweepTables.OF_ROWS) {
        session.sparkContext().setJobDescription("write tables/" + table);
        Dataset<Row> all = tables.read(table, rows);
        // Spectra are large and come in files of their own size; the rest is brought together.
        write(table, table.equals("spectra") ? all : all.hint("rebalance"));
        session.sparkContext().setJobDescription("count tables/" + table);
        check(table, read(table), entries);
      }
      return entries;
    } finally {
      rows.unpersist();
    }
  }

  /** Writes a table of the driver's making. */
  void write(String table, List<Map<String, @Nullable Object>> rows) {
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
    write(table, session.createDataFrame(values, schema).coalesce(1));
    long written = read(table).count();
    if (written != rows.size()) {
      throw new IncompleteTablesException(table, written + " rows instead of " + rows.size());
    }
  }

  /** The rows of {@code table} as they were written. */
  Dataset<Row> read(String table) {
    try {
      Path in = new Path(folder, table);
      return Schemas.parquet(
          session,
          SweepTables.fields(table),
          Generation.files(in, in.getFileSystem(session.sparkContext().hadoopConfiguration()))
              .keySet()
              .stream()
              .map(name -> new Path(in, name))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("can't list " + folder, e);
    }
  }

  private void write(String table, Dataset<Row> rows) {
    rows.write().parquet(new Path(folder, table).toString());
  }

  /**
   * What the tables must hold: what the last generation has, without what is outdated, and {@code
   * fresh}.
   */
  private Map<String, Manifest.Entry> entries(SweepTables tables, Dataset<Row> fresh) {
    session.sparkContext().setJobDescription("read rows");
    Map<String, Manifest.Entry> entries = new TreeMap<>();
    tables.base().ifPresent(base -> entries.putAll(base.manifest().rows()));
    entries.keySet().removeAll(tables.outdated());
    for (Row row :
        fresh
            .select(col("trial_id"), entries("curve"), entries("spectra"), entries("modes"))
            .collectAsList()) {
      String id = row.getString(0);
      RowVersion version =
          Objects.requireNonNull(tables.versions().get(id), "a row was asked for by its id");
      entries.put(id, new Manifest.Entry(version, row.getInt(1), row.getInt(2), row.getInt(3)));
    }
    return entries;
  }

  private static Column entries(String list) {
    return functions.greatest(coalesce(size(col(list)), lit(0)), lit(0));
  }

  /** Requires that {@code written} has each trial as often as {@code entries} say. */
  static void check(String table, Dataset<Row> written, Map<String, Manifest.Entry> entries) {
    Map<String, Long> expected = new HashMap<>();
    entries.forEach(
        (id, entry) -> {
          if (entry.in(table) > 0) {
            expected.put(id, (long) entry.in(table));
          }
        });
    Map<String, Long> found = new HashMap<>();
    for (Row row : written.groupBy("trial_id").agg(count(lit(1))).collectAsList()) {
      found.put(String.valueOf(row.get(0)), row.getLong(1));
    }
    if (!found.equals(expected)) {
      expected.entrySet().removeIf(one -> one.getValue().equals(found.get(one.getKey())));
      throw new IncompleteTablesException(
          table,
          String.format(
              Locale.ROOT, "%d trials, with %d lost or incomplete", found.size(), expected.size()));
    }
  }
}
