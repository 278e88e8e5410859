package io.eigensweep.tables;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.eigensweep.cluster.ExecutorContext;
import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.store.RowVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables of a new generation from all row files. What was written is counted before it
 * may be published.
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
   * @param notes takes a line for each row that has become unreadable
   * @return the rows that they hold, by trial
   * @throws IncompleteTablesException when they hold others
   */
  Map<String, Manifest.Entry> write(SweepTables tables, Consumer<String> notes) {
    Map<String, RowVersion> files = tables.readable();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    context.setJobDescription("write tables of " + files.size() + " rows");
    ExecutorContext executor =
        new ExecutorContext(
            "tables-" + UUID.randomUUID(),
            tables.store().folder(),
            context.hadoopConfiguration(),
            new StorageBackoff(StorageBackoff.DEFAULT));
    String codec = session.conf().get("spark.sql.parquet.compression.codec");
    List<TablePart> parts = TablePart.of(files, folder, codec);
    Map<String, Manifest.Entry> entries = new TreeMap<>();
    context
        .parallelize(parts, parts.size())
        .map(part -> part.write(executor))
        .collect()
        .forEach(
            written -> {
              entries.putAll(written.entries());
              SweepTables.notes(written.unreadable()).forEach(notes);
            });
    for (String table : SweepTables.OF_ROWS) {
      context.setJobDescription("count tables/" + table);
      check(table, read(table), entries);
    }
    return entries;
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
    Dataset<Row> all = session.createDataFrame(values, schema).coalesce(1);
    all.write().parquet(new Path(folder, table).toString());
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
