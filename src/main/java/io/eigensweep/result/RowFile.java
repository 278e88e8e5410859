package io.eigensweep.result;

import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
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
  /** Which columns this program writes. */
  static final String COLUMNS = RowSchema.fingerprint(Tables.ROW);

  private static final MessageType SCHEMA = RowSchema.of(Tables.ROW);

  /** What no row of any version is without. */
  private static final List<String> NEEDED =
      List.of("trial_id", "status", "signal_kind", "signal_id", "encoding", "seed");

  private RowFile() {}

  /**
   * What a row file of {@code result} says, with NULL as its job: every column with its value.
   * Lists are {@link List}s, structs maps, timestamps {@link java.time.Instant}s.
   */
  public static Map<String, @Nullable Object> stored(TrialResult result, Configuration conf) {
    try {
      Path file = new Path(result.trial().id() + ".parquet");
      return read(file, bytes(Row.of(result, null), conf), name -> true);
    } catch (IOException e) {
      throw new UncheckedIOException("a row could not be made", e);
    }
  }

  /** The content of the file for {@code row}. */
  public static byte[] bytes(Row row, Configuration conf) throws IOException {
    MemoryFile file = new MemoryFile();
    try (ParquetWriter<Row> writer = new Writer(file).withConf(conf).build()) {
      writer.write(row);
    }
    byte[] content = file.content();
    RowLabel.seal(content);
    return content;
  }

  /**
   * Requires that {@code content} of {@code file} is a row of {@code id} that this program can read
   * in full, as it was written.
   *
   * @throws UnreadableRowException when it is not
   */
  public static void check(Path file, TrialId id, byte[] content) throws UnreadableRowException {
    if (RowLabel.proves(content, id, COLUMNS)) {
      return;
    }
    label(file, id, read(file, content, name -> true));
  }

  /** What counting needs of {@code id}, whose row in {@code file} is {@code content}. */
  public static RowLabel label(Path file, TrialId id, byte[] content)
      throws UnreadableRowException {
    return label(file, id, read(file, content, Set.copyOf(RowLabel.COLUMNS)::contains));
  }

  private static RowLabel label(Path file, TrialId id, Map<String, @Nullable Object> row)
      throws UnreadableRowException {
    RowLabel label;
    try {
      label = RowLabel.of(row::get);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRowException(file + " is no row of a trial: " + e.getMessage(), e);
    }
    if (!label.id().equals(id)) {
      throw new UnreadableRowException(file + " is the row of the trial " + label.id(), null);
    }
    return label;
  }

  /**
   * The {@code wanted} columns of the only row in {@code content}, see {@link #stored}. Every value
   * is read from memory: one request, and what is checked is what is used.
   *
   * @param file where it stands, for messages
   * @throws UnreadableRowException when it is no row file, or not as it was written
   */
  public static Map<String, @Nullable Object> read(
      Path file, byte[] content, Predicate<String> wanted) throws UnreadableRowException {
    if (RowLabel.disproves(content)) {
      throw new UnreadableRowException(
          file + " is damaged: its checksum is not that of its content", null);
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(MemoryFile.holding(content), reading())) {
      MessageType schema = reader.getFileMetaData().getSchema();
      Optional<String> hindrance = RowSchema.hindrance(schema, SCHEMA, NEEDED);
      if (hindrance.isPresent()) {
        throw new UnreadableRowException(
            file + " is no row of a trial, or one of another program: " + hindrance.get(), null);
      }
      if (reader.getRecordCount() != 1) {
        throw new UnreadableRowException(
            file + " is no row of a trial: it has " + reader.getRecordCount() + " rows", null);
      }
      List<Type> kept =
          schema.getFields().stream().filter(type -> wanted.test(type.getName())).toList();
      MessageType projection = new MessageType(schema.getName(), kept);
      reader.setRequestedSchema(projection);
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        throw new UnreadableRowException(file + " has no row", null);
      }
      return RowReader.map(
          new ColumnIOFactory()
              .getColumnIO(projection)
              .getRecordReader(pages, new GroupRecordConverter(projection))
              .read());
    } catch (UnreadableRowException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableRowException(file + " is no row of a trial: " + reason(e), e);
    }
  }

  /**
   * How a row is read: what its pages' checksums do not fit is an error. New for each reader, which
   * releases the codecs in it when it is closed.
   */
  static ParquetReadOptions reading() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .usePageChecksumVerification(true)
        .build();
  }

  private static String reason(Exception error) {
    String message = error.getMessage();
    return message == null || message.isBlank()
        ? error.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
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
