package io.eigensweep.result;

import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * One trial as a Parquet file with one row.
 *
 * <p>The file is not compressed. It consists of its footer, which never is, and of eigenvalues and
 * losses, whose digits do not compress: zstd takes 3 % off a row with 9 spectra of 1,024 values and
 * a curve of 300 points (101 kB). So no executor needs a native codec.
 */
public final class RowFile {
  private RowFile() {}

  /**
   * Writes the row of {@code result}, with NULL as its job. An existing file is replaced.
   *
   * @throws IOException when it can't be written
   */
  public static void write(Path file, TrialResult result, Configuration conf) throws IOException {
    Storage.of(file.getFileSystem(conf), file, conf).write(file, bytes(Row.of(result, null), conf));
  }

  /**
   * Reads the only row of {@code file}: every column of the file with its value. Lists are {@link
   * List}s, structs maps, timestamps {@link java.time.Instant}s.
   *
   * @throws IOException when it is no row file or can't be read
   */
  public static Map<String, @Nullable Object> read(Path file, Configuration conf)
      throws IOException {
    return read(file, conf, name -> true);
  }

  /** The same, reading these {@code columns} only. */
  public static Map<String, @Nullable Object> read(
      Path file, Configuration conf, Set<String> columns) throws IOException {
    return read(file, conf, columns::contains);
  }

  /** The content of the file for {@code row}. */
  static byte[] bytes(Row row, Configuration conf) throws IOException {
    MemoryFile file = new MemoryFile();
    try (ParquetWriter<Row> writer = new Writer(file).withConf(conf).build()) {
      writer.write(row);
    }
    return file.content();
  }

  private static Map<String, @Nullable Object> read(
      Path file, Configuration conf, Predicate<String> wanted) throws IOException {
    // Without options Parquet parses Hadoop's configuration files anew for each row, for 8 ms.
    ParquetReadOptions options = HadoopReadOptions.builder(conf, file).build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, conf), options)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<Type> kept =
          schema.getFields().stream().filter(type -> wanted.test(type.getName())).toList();
      MessageType projection = new MessageType(schema.getName(), kept);
      reader.setRequestedSchema(projection);
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        throw new IOException(file + " has no row");
      }
      return RowReader.map(
          new ColumnIOFactory()
              .getColumnIO(projection)
              .getRecordReader(pages, new GroupRecordConverter(projection))
              .read());
    } catch (RuntimeException e) {
      throw new IOException(file + " is no row of a trial: " + e.getMessage(), e);
    }
  }

  private static final class Writer extends ParquetWriter.Builder<Row, Writer> {
    Writer(OutputFile file) {
      super(file);
      withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
      withWriterVersion(WriterVersion.PARQUET_1_0);
      withDictionaryEncoding(false);
    }

    @Override
    protected Writer self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // still abstract in Parquet 1.17
    protected WriteSupport<Row> getWriteSupport(Configuration conf) {
      return new RowWriteSupport(Tables.ROW);
    }
  }
}
