package io.eigensweep.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
  private static final Configuration CONF = new Configuration();
  private static final Trial TRIAL =
      SampleResults.trial(SampleResults.photo("a.JPEG"), SampleResults.multigrid(200), 100, 7);
  private static final String COLUMNS =
      "required binary trial_id (STRING); required binary status (STRING);"
          + " required binary signal_kind (STRING); required binary signal_id (STRING);"
          + " required binary encoding (STRING); required int64 seed;"
          + " required binary host (STRING);";

  @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("");
  private final List<byte[]> rows = new ArrayList<>();

  @Test
  void aTrialIsARowAndSoIsEachEntryOfItsLists() throws IOException {
    add(
        SampleResults.succeeded(
            TRIAL,
            39.5,
            0.99,
            SampleResults.resolved(0, "total", 3e-3),
            SampleResults.unresolved(3, "mlp", 2e-13)));
    add(SampleResults.failed(TRIAL, "no picture"));
    add(SampleResults.succeeded(TRIAL, null, 0.9));

    assertThat(table("trials", "status", "psnr"))
        .containsExactly("SUCCEEDED 39.5", "FAILED -", "SUCCEEDED -");
    String id = TRIAL.id().text();
    assertThat(table("spectra", "trial_id", "epoch", "term", "lambda_min", "eigenvalues"))
        .containsExactly(
            id + " 0 total 0.003 [0.003, 2.0, 57.5]", id + " 3 mlp - [-2.0E-16, 2.0, 57.5]");
    assertThat(table("curves", "trial_id", "epoch", "psnr"))
        .containsExactly(
            id + " 0 6.0",
            id + " 1 -",
            id + " 2 -",
            id + " 3 39.5", //
            id + " 0 6.0",
            id + " 1 -",
            id + " 2 -",
            id + " 3 -");
    assertThat(table("modes", "trial_id")).isEmpty();
  }

  /** Other programs say otherwise which values can be NULL, and have not every column. */
  @Test
  void nullsStayWhereTheyAreWhateverTheRowsSchemaRequires() throws IOException {
    List<String> lists =
        List.of(
            "optional group spectra (LIST) { repeated group list { optional group element {"
                + " optional int32 epoch; optional group eigenvalues (LIST) {"
                + " repeated group list { required double element; } } } } }",
            "required group spectra (LIST) { repeated group list { required group element {"
                + " required int32 epoch; optional group eigenvalues (LIST) {"
                + " repeated group list { optional double element; } } } } }");
    for (String list : lists) {
      Group row = row("message row {" + COLUMNS + list + "}");
      Group spectra = row.addGroup("spectra");
      entry(spectra, 0);
      entry(spectra, 1, new double[0]);
      entry(spectra, 2, 1.5, -2.5);
      add(row);

      assertThat(table("spectra", "epoch", "term", "eigenvalues"))
          .as(list)
          .containsExactly("0 - -", "1 - []", "2 - [1.5, -2.5]");
      rows.clear();
    }
  }

  @Test
  void noEntriesAreNoRows() throws IOException {
    String schema =
        "message row {"
            + COLUMNS
            + "optional group curve (LIST) { repeated group list { optional group element {"
            + " optional int32 epoch; } } } }";
    add(row(schema));
    Group empty = row(schema);
    empty.addGroup("curve");
    add(empty);
    add(row("message row {" + COLUMNS + "}"));

    assertThat(table("curves", "epoch")).isEmpty();
    assertThat(table("trials", "status", "seed", "psnr"))
        .containsExactly("SUCCEEDED 7 -", "SUCCEEDED 7 -", "SUCCEEDED 7 -");
  }

  /** Without {@code values} their list is NULL. */
  private static void entry(Group spectra, int epoch, double... values) {
    Group spectrum = spectra.addGroup("list").addGroup("element");
    spectrum.add("epoch", epoch);
    if (epoch > 0) {
      Group list = spectrum.addGroup("eigenvalues");
      for (double value : values) {
        list.addGroup("list").add("element", value);
      }
    }
  }

  private static Group row(String schema) {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    Group row = new SimpleGroup(type);
    row.add("trial_id", TRIAL.id().text());
    row.add("status", "SUCCEEDED");
    row.add("signal_kind", "imagenet");
    row.add("signal_id", "n01440764/a.JPEG");
    row.add("encoding", "multigrid");
    row.add("seed", 7L);
    row.add("host", "node");
    return row;
  }

  private void add(TrialResult result) throws IOException {
    rows.add(RowFile.bytes(Row.of(result, "job"), CONF));
  }

  private void add(Group row) throws IOException {
    Path file = file("row-" + rows.size());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withConf(CONF)
            .withType((MessageType) row.getType())
            .build()) {
      writer.write(row);
    }
    rows.add(Files.readAllBytes(java.nio.file.Path.of(file.toUri())));
    Files.delete(java.nio.file.Path.of(file.toUri()));
  }

  /** What {@code columns} of the table have, a line for each row; - is NULL. */
  private List<String> table(String name, String... columns) throws IOException {
    Path file = file(name);
    try (TableFile table = new TableFile(name, file, CompressionCodecName.UNCOMPRESSED, CONF)) {
      for (byte[] content : rows) {
        try (StoredRow row = StoredRow.open(new Path("row.parquet"), TRIAL.id(), content)) {
          table.append(row);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(CONF).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        Group found = row;
        lines.add(
            String.join(" ", java.util.Arrays.stream(columns).map(c -> text(found, c)).toList()));
      }
    }
    Files.delete(java.nio.file.Path.of(file.toUri()));
    return lines;
  }

  private static String text(Group row, String column) {
    if (row.getFieldRepetitionCount(column) == 0) {
      return "-";
    }
    if (row.getType().getType(column).isPrimitive()) {
      return row.getValueToString(row.getType().getFieldIndex(column), 0);
    }
    Group list = row.getGroup(column, 0);
    return IntStream.range(0, list.getFieldRepetitionCount(0))
        .mapToObj(i -> text(list.getGroup(0, i), "element"))
        .toList()
        .toString();
  }

  private Path file(String name) {
    return new Path(Objects.requireNonNull(folder).resolve(name + ".parquet").toUri());
  }
}
