package io.eigensweep.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of one flat table. A new version is written beside it and takes its place when it is
 * complete, so that a reader finds the old table or the new one, never half of one; new rows come
 * as whole files. What a writer that died has left is put right by {@link #recover}.
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

  /** The names of the files with rows in {@code folder}; none when it does not exist. */
  static Set<String> dataFiles(Path folder, FileSystem fs) {
    Set<String> names = new TreeSet<>();
    try {
      for (FileStatus file : fs.listStatus(folder)) {
        String name = file.getPath().getName();
        if (file.isFile() && name.endsWith(".parquet") && !name.startsWith("_")) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("can't list " + folder, e);
    }
    return names;
  }

  /** The names of the files with rows. */
  Set<String> dataFiles() {
    return dataFiles(folder, fs);
  }

  FileSystem fileSystem() {
    return fs;
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

  /** Adds {@code rows} to the table, whose other files stay as they are. */
  void append(Dataset<Row> rows) {
    Path fresh = hidden("new");
    try {
      rows.write().parquet(fresh.toString());
      for (String name : dataFiles(fresh, fs)) {
        rename(new Path(fresh, name), new Path(folder, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't add to the table " + folder, e);
    } finally {
      discard(fresh);
    }
  }

  /** Removes the files with rows that are not among {@code names}. */
  void keep(Set<String> names) {
    for (String name : dataFiles()) {
      if (!names.contains(name)) {
        discard(new Path(folder, name));
      }
    }
  }

  /** Puts back a table whose replacement did not come, and removes what was half written. */
  void recover() {
    try {
      FileStatus[] left = fs.listStatus(folder.getParent(), this::isHidden);
      Arrays.sort(left);
      for (FileStatus entry : left) {
        if (entry.getPath().getName().startsWith(prefix("old")) && !fs.exists(folder)) {
          rename(entry.getPath(), folder);
        } else {
          discard(entry.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return; // no tables yet
    } catch (IOException e) {
      throw new UncheckedIOException("can't put the table " + folder + " right", e);
    }
  }

  private boolean isHidden(Path path) {
    return path.getName().startsWith(prefix("new")) || path.getName().startsWith(prefix("old"));
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
    return new Path(folder.getParent(), prefix(kind) + UUID.randomUUID());
  }

  private String prefix(String kind) {
    return String.format(Locale.ROOT, "_%s-%s-", folder.getName(), kind);
  }

  private static FileSystem fileSystem(Path folder, SparkSession session) {
    try {
      return folder.getFileSystem(session.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException("can't use " + folder, e);
    }
  }
}
