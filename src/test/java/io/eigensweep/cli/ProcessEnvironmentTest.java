package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.store.SampleSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessEnvironmentTest {
  @TempDir Path folder;

  /** Options that give a JVM what it finds on a machine that knows nothing of its user. */
  private List<String> strange() {
    String nowhere = Path.of("/dev/null/nowhere").toString();
    return List.of(
        "-Xmx1g",
        "-Duser.name=?",
        "-Duser.home=?",
        "-Duser.language=fa",
        "-Duser.country=IR",
        "-Duser.timezone=Asia/Kathmandu",
        // Where these libraries unpack their native parts: as if nothing there could be executed.
        "-Dorg.xerial.snappy.tempdir=" + nowhere,
        "-DZstdTempFolder=" + nowhere);
  }

  @Test
  void makesAndReadsTablesWithoutAUserALocaleAndNativeCodecs() throws Exception {
    SampleSweep.write(folder, SampleSweep.results());
    Path log = folder.resolve("log.txt");

    int code = SeparateJvm.run(strange(), log, "aggregate", "--out", folder.toString());

    assertThat(code).as(SeparateJvm.printed(log)).isZero();
    assertThat(SeparateJvm.printed(log)).doesNotContain("Exception");
    Set<CompressionCodecName> codecs = EnumSet.noneOf(CompressionCodecName.class);
    for (Path file : tableFiles()) {
      assertThat(file.getFileName().toString()).matches("part-[0-9]{5}(-.*\\.lz4raw)?\\.parquet");
      codecs(file).forEach(codecs::add); // none where a table has no rows
    }
    assertThat(codecs).containsExactly(CompressionCodecName.LZ4_RAW);

    String query = "SELECT current_user() AS name, count(*) AS n FROM trials JOIN comparison";
    code = SeparateJvm.run(strange(), log, "sql", "--out", folder.toString(), query);

    assertThat(code).as(SeparateJvm.printed(log)).isZero();
    assertThat(SeparateJvm.printed(log)).contains("uid-").doesNotContain("Exception");
  }

  @Test
  void namesTheUserAsHadoopAndSparkAreToldElseByItsId() {
    assertThat(
            ProcessEnvironment.userName(
                Map.of("HADOOP_USER_NAME", "ada", "SPARK_USER", "eva"), "7"))
        .isEqualTo("ada");
    assertThat(
            ProcessEnvironment.userName(Map.of("HADOOP_USER_NAME", " ", "SPARK_USER", "eva"), "7"))
        .isEqualTo("eva");
    assertThat(ProcessEnvironment.userName(Map.of(), "7")).isEqualTo("uid-7");
  }

  @Test
  void takesAHomeThatCanBeWritten() {
    String home = folder.toString();
    assertThat(ProcessEnvironment.home(Map.of("HOME", home), "/tmp")).isEqualTo(home);
    for (String useless : List.of("", "?", "relative", "/dev/null", home + "/absent")) {
      assertThat(ProcessEnvironment.home(Map.of("HOME", useless), "/tmp")).isEqualTo("/tmp");
    }
    assertThat(ProcessEnvironment.home(Map.of(), "/tmp")).isEqualTo("/tmp");
  }

  private List<Path> tableFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("tables"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private static Stream<CompressionCodecName> codecs(Path file) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return reader.getFooter().getBlocks().stream()
          .flatMap(block -> block.getColumns().stream())
          .map(ColumnChunkMetaData::getCodec);
    }
  }
}
