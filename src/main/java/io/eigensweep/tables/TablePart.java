package io.eigensweep.tables;

import io.eigensweep.cluster.ExecutorContext;
import io.eigensweep.result.StoredRow;
import io.eigensweep.result.TableFile;
import io.eigensweep.result.UnreadableRowException;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.RowVersion;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.TaskContext;

/**
 * What one task makes: a file of each table, from some row files, each of which is opened once.
 *
 * @param number of the part, the name of its files
 * @param files the row files by trial
 * @param folder of the tables
 * @param codec what they are compressed with, as Spark names it
 */
record TablePart(int number, TreeMap<String, RowVersion> files, String folder, String codec)
    implements Serializable {
  /** Bytes of row files that make a part. */
  private static final long BYTES = 64L << 20;

  /** The parts of tables in {@code folder} that together have all {@code files}; at least one. */
  static List<TablePart> of(Map<String, RowVersion> files, Path folder, String codec) {
    List<TablePart> parts = new ArrayList<>();
    TreeMap<String, RowVersion> some = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<String, RowVersion> file : files.entrySet()) {
      if (bytes >= BYTES) {
        parts.add(new TablePart(parts.size(), some, folder.toString(), codec));
        some = new TreeMap<>();
        bytes = 0;
      }
      some.put(file.getKey(), file.getValue());
      bytes += file.getValue().length();
    }
    parts.add(new TablePart(parts.size(), some, folder.toString(), codec));
    return parts;
  }

  /**
   * What has been written.
   *
   * @param entries what the files hold, by trial; rows that were moved aside meanwhile are not
   *     among them
   * @param unreadable why the rows of other trials are not: they were whole when they were last
   *     looked at, in an earlier aggregate
   */
  record Written(TreeMap<String, Manifest.Entry> entries, TreeMap<String, String> unreadable)
      implements Serializable {}

  /** Writes the files and shows them when all are whole. */
  Written write(ExecutorContext executor) throws IOException {
    Configuration conf = executor.conf();
    CompressionCodecName compression =
        codec.equals("none")
            ? CompressionCodecName.UNCOMPRESSED
            : CompressionCodecName.fromConf(codec);
    String hidden = "_part-" + number + "-" + TaskContext.get().taskAttemptId();
    TreeMap<String, Manifest.Entry> entries = new TreeMap<>();
    TreeMap<String, String> unreadable = new TreeMap<>();
    boolean whole = false;
    try {
      write(executor.store(), hidden, compression, conf, entries, unreadable);
      for (String table : SweepTables.OF_ROWS) {
        show(in(table, hidden), in(table, visible()), conf);
      }
      whole = true;
    } finally {
      if (!whole) {
        for (String table : SweepTables.OF_ROWS) {
          Path left = in(table, hidden);
          left.getFileSystem(conf).delete(left, false);
        }
      }
    }
    return new Written(entries, unreadable);
  }

  private void write(
      ResultStore store,
      String hidden,
      CompressionCodecName compression,
      Configuration conf,
      TreeMap<String, Manifest.Entry> entries,
      TreeMap<String, String> unreadable)
      throws IOException {
    try (TableFile trials = new TableFile("trials", in("trials", hidden), compression, conf);
        TableFile curves = new TableFile("curves", in("curves", hidden), compression, conf);
        TableFile spectra = new TableFile("spectra", in("spectra", hidden), compression, conf);
        TableFile modes = new TableFile("modes", in("modes", hidden), compression, conf)) {
      for (Map.Entry<String, RowVersion> file : files.entrySet()) {
        Optional<StoredRow> found = Optional.empty();
        try {
          found = store.storedRow(new TrialId(file.getKey()));
        } catch (UnreadableRowException e) {
          unreadable.put(file.getKey(), String.valueOf(e.getMessage()));
        }
        if (found.isPresent()) {
          try (StoredRow row = found.get()) {
            trials.append(row);
            entries.put(
                file.getKey(),
                new Manifest.Entry(
                    file.getValue(), curves.append(row), spectra.append(row), modes.append(row)));
          }
        }
      }
    }
  }

  /** Another attempt at this part may have been there before: both have written the same. */
  private static void show(Path hidden, Path visible, Configuration conf) throws IOException {
    FileSystem fs = visible.getFileSystem(conf);
    if (fs.exists(visible)) {
      fs.delete(hidden, false);
    } else if (!fs.rename(hidden, visible)) {
      if (!fs.exists(visible)) {
        throw new IOException("can't rename " + hidden + " to " + visible);
      }
      fs.delete(hidden, false);
    }
  }

  private String visible() {
    return String.format(Locale.ROOT, "part-%05d.parquet", number);
  }

  private Path in(String table, String name) {
    return new Path(new Path(folder, table), name);
  }
}
