package io.eigensweep.result;

import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;

/** The row in a file as Parquet's columns, each to be read once. */
public final class StoredRow implements AutoCloseable {
  private final TrialId id;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final ColumnReadStoreImpl columns;

  private StoredRow(TrialId id, ParquetFileReader reader, PageReadStore pages) {
    this.id = id;
    this.reader = reader;
    this.schema = reader.getFileMetaData().getSchema();
    this.columns =
        new ColumnReadStoreImpl(
            pages,
            new DummyRecordConverter(schema).getRootConverter(),
            schema,
            reader.getFileMetaData().getCreatedBy());
  }

  /**
   * The row in {@code content} of {@code file}.
   *
   * @throws UnreadableRowException when it is no row of {@code id}, see {@link RowFile#check}
   */
  public static StoredRow open(Path file, TrialId id, byte[] content) throws IOException {
    RowFile.check(file, id, content);
    ParquetFileReader reader =
        ParquetFileReader.open(MemoryFile.holding(content), RowFile.reading());
    try {
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        throw new UnreadableRowException(file + " has no row", null);
      }
      return new StoredRow(id, reader, pages);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The trial. */
  public TrialId id() {
    return id;
  }

  /** The column at {@code path}; rows of other programs need not have it. */
  Optional<ColumnReader> column(List<String> path) {
    String[] names = path.toArray(String[]::new);
    return schema.containsPath(names)
        ? Optional.of(columns.getColumnReader(schema.getColumnDescription(names)))
        : Optional.empty();
  }

  /** The definition level at which {@code path}, which is there, has a value. */
  int definitionOf(List<String> path) {
    return schema.getMaxDefinitionLevel(path.toArray(String[]::new));
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("can't close a row in memory", e);
    }
  }
}
