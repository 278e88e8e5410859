package io.eigensweep.result;

import io.eigensweep.measure.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A Parquet file of a flat table that is filled from row files, column by column: a value goes from
 * one file to the other with its levels, and no object is made of a row. A table whose rows are the
 * entries of a row's list ({@code curves} of {@code curve}) is the same columns with the list's two
 * levels taken off (Melnik et al., Dremel: Interactive Analysis of Web-Scale Datasets, VLDB 2010).
 * It is held in memory, as one row group, until it is closed.
 */
public final class TableFile implements AutoCloseable {
  /** A column of the table, and where a row has it. */
  private record Copied(ColumnDescriptor to, List<String> from) {}

  /** Where a row has the entries that are rows of the table; empty when it is one itself. */
  private final List<String> list;

  private final MessageType schema;
  private final List<Copied> columns = new ArrayList<>();
  private final CompressionCodecFactory codecs;
  private final ParquetFileWriter file;
  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore store;
  private long records;

  /**
   * A new file of {@code table}.
   *
   * @param table a name in {@link Tables#BY_NAME} whose rows come from those of trials
   * @param codec what it is compressed with
   */
  public TableFile(String table, Path path, CompressionCodecName codec, Configuration conf)
      throws IOException {
    List<Field> fields = Tables.BY_NAME.getOrDefault(table, List.of());
    list = Tables.listOf(table).map(name -> List.of(name, "list", "element")).orElse(List.of());
    schema = RowSchema.table(fields);
    ParquetProperties.Builder builder =
        ParquetProperties.builder().withWriterVersion(WriterVersion.PARQUET_1_0);
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.add(new Copied(column, source(column)));
      if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE) {
        // Digits that were measured do not repeat.
        builder.withDictionaryEncoding(String.join(".", column.getPath()), false);
      }
    }
    ParquetProperties properties = builder.build();
    codecs = new CodecFactory(conf, properties.getPageSizeThreshold());
    file =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(path, conf),
            schema,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            0,
            null,
            properties);
    file.start();
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(codec),
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    store = properties.newColumnWriteStore(schema, pages);
  }

  private List<String> source(ColumnDescriptor column) {
    return Stream.concat(list.stream(), Stream.of(column.getPath())).toList();
  }

  /**
   * Appends what {@code row} has of this table.
   *
   * @return how many rows of the table that was
   */
  public int append(StoredRow row) {
    List<Optional<ColumnReader>> readers =
        columns.stream().map(column -> row.column(column.from())).toList();
    int outer = list.isEmpty() ? 0 : 1;
    int appended = 0;
    if (outer == 0 || hasEntries(row, readers)) {
      Binary id = Binary.fromString(row.id().text());
      List<int[]> levels = new ArrayList<>();
      for (int i = 0; i < readers.size(); i++) {
        levels.add(readers.get(i).isPresent() ? levels(row, columns.get(i)) : new int[0]);
      }
      boolean more = true;
      while (more) {
        more = false;
        for (int i = 0; i < readers.size(); i++) {
          ColumnDescriptor to = columns.get(i).to();
          ColumnWriter out = store.getColumnWriter(to);
          if (readers.get(i).isPresent()) {
            copy(readers.get(i).get(), out, levels.get(i), outer);
            more |= readers.get(i).get().getCurrentRepetitionLevel() > 0;
          } else if (outer > 0 && i == 0) {
            out.write(id, 0, to.getMaxDefinitionLevel());
          } else {
            out.writeNull(0, 0);
          }
        }
        store.endRecord();
        appended++;
      }
    }
    records += appended;
    return appended;
  }

  /** Whether the list is there and not empty. */
  private boolean hasEntries(StoredRow row, List<Optional<ColumnReader>> readers) {
    return readers.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .map(reader -> reader.getCurrentDefinitionLevel() >= row.definitionOf(list.subList(0, 2)))
        .orElse(false);
  }

  /**
   * The table's definition level for each that {@code row} has at this column. What is optional in
   * the table may be required in the row, and then has no level there.
   */
  private int[] levels(StoredRow row, Copied column) {
    String[] to = column.to().getPath();
    int[] levels = new int[row.definitionOf(column.from()) + 1];
    for (int part = 1; part <= to.length; part++) {
      int reached = row.definitionOf(column.from().subList(0, list.size() + part));
      int level = schema.getMaxDefinitionLevel(Arrays.copyOf(to, part));
      Arrays.fill(levels, reached, levels.length, level);
    }
    return levels;
  }

  /** Copies the values of one row of the table, which begins at {@code outer} levels. */
  private static void copy(ColumnReader in, ColumnWriter out, int[] levels, int outer) {
    PrimitiveTypeName type = in.getDescriptor().getPrimitiveType().getPrimitiveTypeName();
    int most = levels.length - 1;
    do {
      int repetition = Math.max(0, in.getCurrentRepetitionLevel() - outer);
      int definition = in.getCurrentDefinitionLevel();
      if (definition < most) {
        out.writeNull(repetition, levels[definition]);
      } else {
        write(in, out, type, repetition, levels[most]);
      }
      in.consume();
    } while (in.getCurrentRepetitionLevel() > outer);
  }

  private static void write(
      ColumnReader in, ColumnWriter out, PrimitiveTypeName type, int repetition, int definition) {
    switch (type) {
      case BOOLEAN -> out.write(in.getBoolean(), repetition, definition);
      case INT32 -> out.write(in.getInteger(), repetition, definition);
      case INT64 -> out.write(in.getLong(), repetition, definition);
      case DOUBLE -> out.write(in.getDouble(), repetition, definition);
      case BINARY -> // a copy: the dictionary would keep the row's whole buffer
          out.write(
              Binary.fromConstantByteArray(in.getBinary().getBytes()), repetition, definition);
      default -> throw new IllegalStateException("a row has no " + type);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (records > 0) {
        file.startBlock(records);
        store.flush();
        pages.flushToFileWriter(file);
        file.endBlock();
      }
      file.end(Map.of());
    } finally {
      store.close();
      pages.close();
      codecs.release();
    }
  }
}
