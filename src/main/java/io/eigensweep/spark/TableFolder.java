package io.eigensweep.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of one flat table. A new version is written beside it and takes its place when it is
 * complete, so that a reader finds the old table or the new one, never half of one.
 */
final class TableFolder {
  private final Path folder;
  private final FileSystem fs;

  TableFolder(Path folder, SparkSession session) {
    this.folder = folder;
    this.fs = fileSystem(folder, session);
  }

  /** Whether there is a table in {@code folder}. */
  static boolean exists(Path folder, SparkSession session) {
    try {
      return fileSystem(folder, session).exists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + folder, e);
    }
  }

  /** Puts {@code rows} in the place of the table. */
  void replace(Dataset<Row> rows) {
    Path fresh = hidden("new");
    Path old = hidden("old");
    try {
      rows.write().parquet(fresh.toString());
      if (fs.exists(folder)) {
        rename(folder, old);
      }
      rename(fresh, folder);
      fs.delete(old, true);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write the table " + folder, e);
    } finally {
      discard(fresh);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException("the file system refused to rename " + from + " to " + to);
    }
  }

  private void discard(Path path) {
    try {
      fs.delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("can't remove " + path, e);
    }
  }

  /** A name that readers of the tables pass over. */
  private Path hidden(String kind) {
    String name =
        String.format(Locale.ROOT, "_%s-%s-%s", folder.getName(), kind, UUID.randomUUID());
    return new Path(folder.getParent(), name);
  }

  private static FileSystem fileSystem(Path folder, SparkSession session) {
    try {
      return folder.getFileSystem(session.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException("can't use " + folder, e);
    }
  }
}
