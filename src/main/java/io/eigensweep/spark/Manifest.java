package io.eigensweep.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.result.ResultStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which row files the compacted tables hold, and in which files: {@code tables/_manifest.json}.
 * Readers of the tables do not need it; it tells {@code aggregate} and {@code sql} which rows are
 * new. It is written last, so that files it does not name are those of a compaction that died.
 *
 * @param columns the columns of the tables, by which a newer version knows old files
 * @param rows the row files by trial
 * @param files the names of the files of each table
 */
record Manifest(String columns, Map<String, Version> rows, Map<String, Set<String>> files) {
  /** What every table has now, and how it is compressed: what can't be read here is made anew. */
  static final String COLUMNS = Integer.toHexString(columnsText().hashCode());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Length in bytes and time of modification of a row file: another row has others. */
  record Version(long length, long modified) {
    static Version of(FileStatus file) {
      return new Version(file.getLen(), file.getModificationTime());
    }
  }

  /** The row files that {@code store} holds now. */
  static Map<String, Version> versions(ResultStore store) {
    Map<String, Version> versions = new TreeMap<>();
    store.rowFiles().forEach((id, file) -> versions.put(id.text(), Version.of(file)));
    return versions;
  }

  /**
   * The manifest of the tables in {@code store}; empty when there is none, when it is of other
   * columns, or when a file that it names is missing.
   */
  static Optional<Manifest> read(ResultStore store, FileSystem fs) {
    Manifest manifest;
    try (InputStream in = fs.open(file(store))) {
      manifest = JSON.readValue(in, Manifest.class);
    } catch (FileNotFoundException | JsonProcessingException e) {
      return Optional.empty(); // both are made again from the rows
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file(store), e);
    }
    boolean usable =
        COLUMNS.equals(manifest.columns)
            && manifest.files.keySet().containsAll(SweepTables.OF_ROWS)
            && manifest.files.keySet().stream()
                .allMatch(table -> manifest.isWhole(table, store, fs));
    return usable ? Optional.of(manifest) : Optional.empty();
  }

  private boolean isWhole(String table, ResultStore store, FileSystem fs) {
    return TableFolder.dataFiles(new Path(store.tablesFolder(), table), fs)
        .containsAll(files.getOrDefault(table, Set.of()));
  }

  /** Replaces the manifest of {@code store}. */
  void write(ResultStore store) {
    try {
      store.write(file(store), JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is plain JSON", e);
    }
  }

  /** The paths of the files of {@code table}. */
  String[] paths(String table, ResultStore store) {
    Path folder = new Path(store.tablesFolder(), table);
    return files.getOrDefault(table, Set.of()).stream()
        .map(name -> new Path(folder, name).toString())
        .toArray(String[]::new);
  }

  private static Path file(ResultStore store) {
    return new Path(store.tablesFolder(), "_manifest.json");
  }

  private static String columnsText() {
    StringBuilder text = new StringBuilder(Cluster.TABLE_CODEC).append(';');
    for (String table : SweepTables.OF_ROWS) {
      SweepTables.fields(table)
          .forEach(field -> text.append(field.name()).append(' ').append(field.type()).append(','));
    }
    return text.toString();
  }
}
