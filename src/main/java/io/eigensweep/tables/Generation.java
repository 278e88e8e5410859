package io.eigensweep.tables;

import io.eigensweep.result.Tables;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * All tables of a sweep as one aggregation has made them, in a folder of their own. Once published
 * it does not change.
 *
 * @param folder where the tables are, each in a folder of its name
 * @param manifest what they were made of
 */
record Generation(Path folder, Manifest manifest) {

  /**
   * The generation in {@code folder}; empty when it is not whole, or of another version's columns.
   */
  static Optional<Generation> read(Path folder, FileSystem fs) throws IOException {
    Optional<Manifest> manifest =
        Generations.read(new Path(folder, Manifest.NAME), fs).flatMap(Manifest::parse);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    for (Map.Entry<String, Map<String, Long>> table : manifest.get().files().entrySet()) {
      if (!table.getValue().equals(files(new Path(folder, table.getKey()), fs))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Generation(folder, manifest.get()));
  }

  /** The files of each table below {@code folder}, with their lengths. */
  static Map<String, Map<String, Long>> allFiles(Path folder, FileSystem fs) throws IOException {
    Map<String, Map<String, Long>> files = new TreeMap<>();
    for (String table : Tables.BY_NAME.keySet()) {
      files.put(table, files(new Path(folder, table), fs));
    }
    return files;
  }

  /** The files with rows in {@code table}, with their lengths. */
  static Map<String, Long> files(Path table, FileSystem fs) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try {
      for (FileStatus file : fs.listStatus(table)) {
        if (file.isFile() && file.getPath().getName().endsWith(".parquet")) {
          files.put(file.getPath().getName(), file.getLen());
        }
      }
    } catch (java.io.FileNotFoundException e) {
      return Map.of();
    }
    return files;
  }

  /** The rows of {@code table}. */
  Dataset<Row> table(SparkSession session, String table) {
    Path in = new Path(folder, table);
    return Schemas.parquet(
        session,
        SweepTables.fields(table),
        manifest.files().getOrDefault(table, Map.of()).keySet().stream()
            .map(name -> new Path(in, name))
            .toList());
  }
}
