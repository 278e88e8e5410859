package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.measure.Field;
import io.eigensweep.result.Tables;
import io.eigensweep.store.OtherProgram;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import io.eigensweep.verify.Verification;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program on a tiny job: four pictures, one of them broken, under two encodings. One
 * sweep is shared by all tests; those that change it work on a copy.
 */
class SweepTest {
  private static final Configuration CONF = new Configuration();

  @TempDir static Path shared;
  private static Path job;
  private static Path out;
  private static Program first;

  @TempDir Path own;

  @BeforeAll
  static void sweep() throws IOException {
    Path pictures = Files.createDirectories(shared.resolve("pictures of Zoë"));
    ImageIO.write(noise(), "png", pictures.resolve("noise.png").toFile());
    Files.writeString(pictures.resolve("broken, \"really\".jpeg"), "no picture");
    job = shared.resolve("job.yaml");
    Files.writeString(
        job,
        """
        name: tiny
        signal:
          - {type: generated, kind: [dead-leaves, glyphs], size: 16}
          - {type: image, path: "PICTURES", size: 16}
        encoding:
          - {type: identity}
          - {type: multigrid, levels: 2, features: 2, resolution: 4}
        network: {hidden-layers: 1, width: 16}
        training: {learning-rate: 10, epochs: 2, batch-size: 64}
        ntk: {points: 16, epochs: [init, last]}
        artifacts: [weights]
        """
            .replace("PICTURES", pictures.toString()));
    out = shared.resolve("out");
    first = Program.run("sweep", job.toString(), "--out", out.toString());
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static List<Trial> trials(String... overrides) throws IOException {
    return Trials.of(Files.readString(job), overrides);
  }

  private static ResultStore store(Path folder) {
    return new ResultStore(folder.toUri(), CONF);
  }

  /** A copy of the shared sweep. */
  private Path copy() throws IOException {
    Path copy = own.resolve("copy");
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(out.relativize(file)));
      }
    }
    return copy;
  }

  private static Map<String, FileTime> rows(Path folder) throws IOException {
    Map<String, FileTime> rows = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("trials"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        rows.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return rows;
  }

  private static String value(Path folder, String query) {
    Program sql = Program.run("sql", "--out", folder.toString(), "--format", "csv", query);
    assertThat(sql.err()).isEmpty();
    assertThat(sql.code()).isZero();
    return sql.out().lines().skip(1).reduce((a, b) -> a + " " + b).orElse("");
  }

  @Test
  void everyFateIsARowAndIsTold() throws IOException {
    assertThat(first.code()).isZero();
    assertThat(first.out())
        .contains("8 of 8 trials committed: 6 SUCCEEDED, 2 FAILED")
        .contains("4 pictures used, 1 refused")
        .contains("2 × FAILED in load: ", "broken, \"really\".jpeg");
    assertThat(first.err()).contains("8 of 8 trials to run on local[");
    assertThat(store(out).committed())
        .containsExactlyInAnyOrderElementsOf(trials().stream().map(Trial::id).toList());
    assertThat(out.resolve("artifacts")).isDirectoryContaining("glob:**").isNotEmptyDirectory();
    assertThat(out.resolve("trials/_tmp")).isEmptyDirectory();
  }

  @Test
  void aTrialGivesTheSameRowWithoutSpark() throws IOException {
    ResultStore rows = store(out);
    LocalRun here = new LocalRun(CONF);

    for (Trial trial : trials()) {
      Map<String, @Nullable Object> committed = rows.row(trial.id());
      Map<String, @Nullable Object> plain = here.row(trial);

      assertThat(Verification.differingBits(committed, plain)).isEmpty();
      assertThat(committed).containsEntry("job", "tiny").containsEntry("attempt", 0);
    }
  }

  @Test
  void theSameCommandAgainTrainsNothing() throws IOException {
    Path copy = copy();
    Map<String, FileTime> before = rows(copy);

    Program again = Program.run("sweep", job.toString(), "--out", copy.toString());

    assertThat(again.code()).isZero();
    assertThat(again.out()).isEqualTo("nothing to do: all 8 trials are committed\n");
    assertThat(rows(copy)).isEqualTo(before);
  }

  @Test
  void aGrownJobRunsOnlyWhatIsNew() throws IOException {
    Path copy = copy();
    Map<String, FileTime> before = rows(copy);
    String grown = "encoding.1.resolution=[4, 8]";

    Program sweep = Program.run("sweep", job.toString(), "--out", copy.toString(), "--set", grown);

    assertThat(sweep.code()).isZero();
    assertThat(sweep.err()).contains("4 of 12 trials to run");
    assertThat(rows(copy)).hasSize(12).containsAllEntriesOf(before);
    assertThat(Program.run("plan", job.toString(), "--out", copy.toString(), "--set", grown).out())
        .contains("12: 12 done, 0 to do");
  }

  @Test
  void aJobThatLeavesOutTrialsIsRefusedWithTheDifference() {
    Program sweep =
        Program.run(
            "sweep",
            job.toString(),
            "--out",
            out.toString(),
            "--set",
            "training.epochs=3",
            "--set",
            "network.width=[16, 32]");

    assertThat(sweep.code()).isEqualTo(2);
    assertThat(sweep.errorLines().get(sweep.errorLines().size() - 1))
        .startsWith("8 trials of the earlier job in ")
        .contains("are not in this one: epochs 2")
        .doesNotContain("width");
  }

  @Test
  void whatWouldNotEndInTimeStaysPlanned() throws IOException {
    Path late = own.resolve("late");
    String limit = Instant.now().plusSeconds(20).toString();

    Program sweep =
        Program.run(
            "sweep",
            job.toString(),
            "--set",
            "training.epochs=10000000",
            "--set",
            "network.width=64",
            "--out",
            late.toString(),
            "--finish-by",
            limit);

    assertThat(sweep.code()).isEqualTo(3);
    assertThat(sweep.out())
        .contains("0 of 8 trials committed", "8 trials stay planned", "the same command goes on");
    assertThat(store(late).committed()).isEmpty();
  }

  @Test
  void failedTrialsAreRetriedWhenAsked() throws IOException {
    Path copy = copy();

    Program sweep =
        Program.run("sweep", job.toString(), "--out", copy.toString(), "--retry-failed");

    assertThat(sweep.code()).isZero();
    assertThat(sweep.err()).contains("2 rows moved aside", "2 of 8 trials to run");
    assertThat(sweep.out()).contains("8 of 8 trials committed: 6 SUCCEEDED, 2 FAILED");
    try (Stream<Path> aside = Files.list(copy.resolve("trials/_superseded"))) {
      assertThat(aside).hasSize(2);
    }
  }

  @Test
  void statusAndTablesWorkOnAHalfFinishedSweep() throws IOException {
    Path copy = copy();
    for (TrialId id : trials().stream().map(Trial::id).limit(3).toList()) {
      Files.delete(copy.resolve("trials/" + id + ".parquet"));
    }

    Program status = Program.run("status", "--out", copy.toString());
    Program aggregate = Program.run("aggregate", "--out", copy.toString());

    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("tiny in file:", "5 of 8 trials committed: 3 SUCCEEDED, 2 FAILED")
        .contains("3 to do, about ", "core-hours", "last row at ");
    assertThat(aggregate.code()).isZero();
    assertThat(aggregate.out()).contains("identity", "multigrid", "PSNR dB");
    assertThat(value(copy, "SELECT sum(trials), sum(n), sum(failures) FROM comparison"))
        .isEqualTo("5,3,2");
  }

  @Test
  void aggregateWritesTheFiveTablesAndTheReport() throws IOException {
    Path copy = copy();
    Program early = Program.run("sql", "--out", copy.toString(), "SELECT count(*) FROM comparison");
    assertThat(early.code()).isEqualTo(2);
    assertThat(early.errorLines())
        .containsExactly(
            "the view comparison is made by the command aggregate, which has not run yet");

    assertThat(Program.run("aggregate", "--out", copy.toString()).code()).isZero();
    // A second time, over the tables of the first.
    Program aggregate = Program.run("aggregate", "--out", copy.toString());

    assertThat(aggregate.code()).isZero();
    assertThat(aggregate.err()).contains("8 trials into ");
    assertThat(
            value(
                copy,
                "SELECT (SELECT count(*) FROM trials), (SELECT count(*) FROM curves),"
                    + " (SELECT count(*) FROM spectra), (SELECT count(*) FROM comparison),"
                    + " (SELECT count(*) FROM resolution)"))
        .isEqualTo("8,18,48,2,1");
    for (String table :
        List.of("trials", "curves", "spectra", "modes", "comparison", "resolution")) {
      String path = "parquet.`" + currentTables(copy).resolve(table) + "`";
      assertThat(value(copy, "SELECT * FROM " + path + " EXCEPT SELECT * FROM " + table)).isEmpty();
      assertThat(value(copy, "SELECT (SELECT count(*) FROM " + path + ") = count(*) FROM " + table))
          .isEqualTo("true");
    }
    try (Stream<Path> tables = Files.list(copy.resolve("tables"))) {
      assertThat(tables)
          .containsExactlyInAnyOrder(copy.resolve("tables/current"), currentTables(copy));
    }
    assertThat(copy.resolve("report/comparison.md")).content().contains("multigrid");
  }

  @Test
  void damagedArtifactsAreNotesInTheReport() throws IOException {
    Path job = own.resolve("pictured.yaml");
    Files.writeString(
        job,
        """
        name: pictured
        signal: {type: generated, kind: glyphs, size: 16}
        encoding: {type: multigrid, levels: 2, features: 2, resolution: 8}
        network: {hidden-layers: 1, width: 8}
        training: {learning-rate: 1, epochs: 1, batch-size: 64}
        ntk: {points: 16, epochs: [last]}
        artifacts: [weights, reconstruction]
        seeds: [0]
        """);
    String folder = own.resolve("pictured").toString();
    assertThat(Program.run("sweep", job.toString(), "--out", folder).code()).isZero();
    try (Stream<Path> files = Files.walk(own.resolve("pictured/artifacts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 60));
      }
    }

    Program aggregate = Program.run("aggregate", "--out", folder);

    assertThat(aggregate.code()).as(aggregate.err()).isZero();
    assertThat(own.resolve("pictured/report/index.html"))
        .content()
        .contains("reconstruction.png of multigrid", "weights.safetensors of multigrid");
  }

  private static Path currentTables(Path out) throws IOException {
    return out.resolve("tables").resolve(Files.readString(out.resolve("tables/current")).strip());
  }

  /** The views and the stored tables have the columns of {@code docs/results-schema.md}. */
  @Test
  void everyViewAndTableHasItsDocumentedColumns() throws IOException {
    Path copy = copy();
    assertThat(Program.run("aggregate", "--out", copy.toString()).code()).isZero();
    for (String table :
        List.of("trials", "curves", "spectra", "modes", "comparison", "resolution")) {
      String documented =
          Objects.requireNonNull(Tables.BY_NAME.get(table)).stream()
              .map(Field::name)
              .collect(Collectors.joining(","));
      for (String from : List.of(table, "parquet.`" + currentTables(copy).resolve(table) + "`")) {
        Program header =
            Program.run(
                "sql",
                "--out",
                copy.toString(),
                "--format",
                "csv",
                "SELECT * FROM " + from + " LIMIT 0");
        assertThat(header.out().strip()).as(from).isEqualTo(documented);
      }
    }
  }

  @Test
  void sqlAnswersInEveryFormat() {
    String query =
        "SELECT signal_id, encoding, levels, bias, lambda_min_resolved FROM trials"
            + " WHERE signal_kind = 'image' AND encoding = 'identity' ORDER BY signal_id";

    Program csv = Program.run("sql", "--out", out.toString(), "--format", "csv", query);
    Program json = Program.run("sql", "--out", out.toString(), "--format", "json", query);
    Program table = Program.run("sql", "--out", out.toString(), query);

    assertThat(csv.out().split("\n", -1))
        .containsExactly(
            "signal_id,encoding,levels,bias,lambda_min_resolved",
            "\"broken, \"\"really\"\".jpeg\",identity,,true,",
            "noise.png,identity,,true,false",
            "");
    assertThat(json.out().lines())
        .contains(
            "{\"signal_id\":\"noise.png\",\"encoding\":\"identity\",\"levels\":null,"
                + "\"bias\":true,\"lambda_min_resolved\":false}");
    assertThat(table.out().lines())
        .contains("noise.png              identity    NULL  true  false");
    assertThat(List.of(csv.code(), json.code(), table.code())).containsOnly(0);
    assertThat(csv.err() + json.err() + table.err()).isEmpty();
  }

  @Test
  void nestedValuesAndTimesAreReadable() throws IOException {
    Program sql =
        Program.run(
            "sql",
            "--out",
            out.toString(),
            "--format",
            "json",
            "SELECT named_struct('a', array(1, 2), 'b', map('k', 0.5D)) AS s, max(finished_at) AS"
                + " t, date'2026-01-02' AS d, 1.50BD AS x, cast('NaN' AS double) AS n FROM trials");

    assertThat(sql.code()).as(sql.err()).isZero();
    JsonNode row = new ObjectMapper().readTree(sql.out());
    assertThat(row.get("s").toString()).isEqualTo("{\"a\":[1,2],\"b\":{\"k\":0.5}}");
    assertThat(row.get("t").textValue()).matches("20[0-9-]+T[0-9:.]+Z");
    assertThat(row.get("d").textValue()).isEqualTo("2026-01-02");
    assertThat(sql.out()).contains("\"x\":1.50");
    assertThat(row.get("n").textValue()).isEqualTo("NaN");
  }

  @Test
  void aWrongQueryIsOneLine() {
    for (String query :
        List.of(
            "SELECT nonsense FROM trials",
            "SELEC 1",
            "SELECT * FROM nothing",
            "SELECT assert_true(false)",
            "SELECT 1 / (seed - seed) FROM trials",
            " ")) {
      Program sql = Program.run("sql", "--out", out.toString(), query);

      assertThat(sql.code()).as(query).isEqualTo(2);
      assertThat(sql.errorLines()).as(query).hasSize(1);
      assertThat(sql.out()).isEmpty();
    }
  }

  @Test
  void verifyFindsEqualBitsAndTellsADifference() throws IOException {
    Path copy = copy();
    Program agree = Program.run("verify", "--out", copy.toString(), "--sample", "100");
    assertThat(agree.code()).isZero();
    assertThat(agree.out()).contains("equal in every bit", "6 of 6 trials agree with their rows");

    // The row of another trial in the place of the right one.
    List<TrialId> identity =
        trials().stream()
            .filter(trial -> trial.encoding().toString().contains("Identity"))
            .map(Trial::id)
            .toList();
    Path row = copy.resolve("trials/" + identity.get(0) + ".parquet");
    Files.delete(row);
    Files.copy(copy.resolve("trials/" + identity.get(1) + ".parquet"), row);

    Program differ = Program.run("verify", "--out", copy.toString(), "--sample", "100");

    assertThat(differ.code()).isEqualTo(1);
    assertThat(differ.out())
        .contains(
            identity.get(0) + "  DIFFERENT: its row can't be used",
            "5 of 6 trials agree with their rows");
  }

  @Test
  void oneTrialRunsAlone() throws IOException {
    TrialId id = trials().get(0).id();

    Program trial = Program.run("trial", job.toString(), "--id", id.text().substring(0, 12));

    assertThat(trial.code()).isZero();
    JsonNode row = new ObjectMapper().readTree(trial.out());
    assertThat(row.get("trial_id").textValue()).isEqualTo(id.text());
    assertThat(row.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(row.get("curve")).hasSize(3);
    assertThat(trial.out().lines()).hasSize(1);
  }

  @Test
  void runsATrialWhoseRowIsDamagedAgainWhenItIsToldTo() throws IOException {
    Path copy = copy();
    TrialId id = trials().get(0).id();
    Path row = copy.resolve("trials/" + id + ".parquet");
    byte[] whole = Files.readAllBytes(row);
    Files.write(row, Arrays.copyOf(whole, 20_000));

    Program status = Program.run("status", "--out", copy.toString());
    assertThat(status.code()).isZero();
    assertThat(status.out()).contains("1 row can't be used", id + ".parquet");
    Program again = Program.run("sweep", job.toString(), "--out", copy.toString());
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("1 row can't be used", id + ".parquet");
    Program retried =
        Program.run("sweep", job.toString(), "--out", copy.toString(), "--retry-failed");
    assertThat(retried.code()).isZero();
    assertThat(store(copy).damaged(store(copy).committed())).isEmpty();
    assertThat(copy.resolve("trials/_superseded/" + id + "-1.parquet")).exists();
  }

  @Test
  void tellsRowsOfOtherProgramsApart() throws IOException {
    Path copy = copy();
    Path trials = copy.resolve("trials");
    TrialId older = trials().get(0).id();
    TrialId foreign = trials().get(1).id();
    TrialId later = trials().get(2).id();
    OtherProgram.setInteger(trials.resolve(older + ".parquet"), "numerics", Numerics.VERSION - 1);
    OtherProgram.dropColumns(trials.resolve(foreign + ".parquet"), Set.of("signal_kind"));
    OtherProgram.dropColumns(trials.resolve(later + ".parquet"), Set.of("psnr"));

    Program status = Program.run("status", "--out", copy.toString());

    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("1 row can't be used", foreign + ".parquet", "it has no signal_kind")
        .contains("1 row of another numerics version than this program's")
        .doesNotContain(later.text());
  }
}
