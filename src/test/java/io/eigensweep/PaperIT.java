package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.StandaloneCluster.Ended;
import io.eigensweep.StandaloneCluster.Started;
import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimFile;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.job.Scale;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper in one command, at its smallest: every study, killed half way and gone on with. */
class PaperIT {
  private static final int SIDE = 24;

  /** Claims of the paper about a median. */
  private static final int MEDIANS = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The study during which the first run is ended. */
  private static final String KILLED_IN = "early-kernel";

  /**
   * Beside the jobs, as a user's own: what decibels are by construction, and what they never are.
   */
  private static final String PLANTED =
      """
      claims:
        - id: planted-true
          text: Two pictures differ by less than a million decibels
          study: spectrum
          quantity: psnr
          of: {encoding: multigrid}
          over: {encoding: identity}
          rule: {below: 1e6}
        - id: planted-false
          text: Two pictures differ by more than a million decibels
          study: spectrum
          quantity: psnr
          of: {encoding: multigrid}
          over: {encoding: identity}
          rule: {above: 1e6}
      """;

  @TempDir Path folder;

  @Test
  void everyStudyEndsWithItsTablesThoughTheFirstRunIsKilled() throws Exception {
    Path out = folder.resolve("out");
    Path script = home().resolve("submit-scripts/reproduce-paper.sh");
    List<String> studies =
        Scale.read(Files.readString(Path.of("jobs/scales/smoke.yaml")), "smoke").studies();
    String[] command = {
      script.toString(),
      photographs().toString(),
      meshes().toString(),
      out.toString(),
      "--scale",
      "smoke"
    };

    Started first = start(command);
    awaitRow(first, out.resolve(KILLED_IN));
    first.process().destroy();
    Ended killed = first.await();
    assertThat(killed.code()).as(killed.err()).isEqualTo(143);
    assertThat(killed.err())
        .contains("interrupted; the same command goes on where it was")
        .doesNotContain("sweep " + studies.get(studies.size() - 1));
    Map<String, FileTime> before = rows(out, studies);

    Ended ended = start(command).await();

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains(studies.size() + " studies in " + out + ", all complete");
    for (String study : studies) {
      Path sweep = out.resolve(study);
      ResultStore store = StoredRows.store(sweep);
      FrozenSweep frozen = FrozenSweep.read(store.readJob().orElseThrow());
      assertThat(store.committed()).as(study).hasSize((int) frozen.trials());
      assertThat(sweep.resolve("tables/current")).isRegularFile();
      assertThat(sweep.resolve("report/index.html")).isRegularFile();
      assertThat(ended.out()).containsPattern("(?m)^" + study + " +" + frozen.trials() + " ");
    }
    assertThat(rows(out, studies)).containsAllEntriesOf(before);
    hasEveryVerdict(verdicts(out.resolve("claims/claims.json")));
    assertThat(Files.readString(out.resolve("spectrum/report/index.html")))
        .contains("planted-true", "planted-false");
    String paper = Files.readString(out.resolve("paper.md"));
    assertThat(paper)
        .contains(studies)
        .contains("planted-true", "planted-false")
        .doesNotContain("has not been run", "has not been made", "can't be opened");
    // What Spark's printf makes of NULL; in a table's header an n is a number of trials.
    assertThat(paper.replaceAll("(?m)^\\|.*\\R(?=\\| *:?-)", ""))
        .doesNotContainPattern("\\| *(< )?n(u|ul|ull)? *\\|");
  }

  /** Each is there; none lacks what it needs; and what two pictures decide is decided. */
  private static void hasEveryVerdict(Map<String, JsonNode> verdicts) {
    List<String> paper = ClaimFile.paper().stream().map(Claim::id).toList();
    assertThat(verdicts.keySet())
        .containsAll(paper)
        .contains("planted-true", "planted-false")
        .hasSize(paper.size() + 2);
    verdicts.forEach(
        (id, verdict) -> {
          assertThat(verdict.path("verdict").asText())
              .as(verdict.toString())
              .isIn("confirmed", "refuted", "not resolvable");
          assertThat(verdict.path("pictures").asInt()).as(verdict.toString()).isEqualTo(2);
          assertThat(verdict.path("family").asInt()).as(id).isEqualTo(verdicts.size());
        });
    Map<String, String> words = new TreeMap<>();
    verdicts.forEach((id, verdict) -> words.put(id, verdict.path("verdict").asText()));
    assertThat(words)
        .containsEntry("planted-true", "confirmed")
        .containsEntry("planted-false", "refuted");
    // By nature: two pictures have no interval of a median at any level below one half.
    assertThat(verdicts.values())
        .filteredOn(verdict -> verdict.path("statistic").asText().equals("median"))
        .hasSize(MEDIANS)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.path("verdict").asText()).isEqualTo("not resolvable");
              assertThat(verdict.path("reason").asText())
                  .matches("2 pictures can't decide at this level, .*|no bound is proved");
            });
  }

  private static Map<String, JsonNode> verdicts(Path json) throws IOException {
    Map<String, JsonNode> verdicts = new TreeMap<>();
    for (String line : Files.readAllLines(json)) {
      JsonNode verdict = JSON.readTree(line);
      verdicts.put(verdict.path("id").asText(), verdict);
    }
    return verdicts;
  }

  /** The program as a user has it, with claims of the user's own beside the jobs. */
  private Path home() throws IOException {
    Path home = folder.resolve("home");
    for (String part : List.of("submit-scripts", "conf", "jobs", "jobs/scales")) {
      Files.createDirectories(home.resolve(part));
      try (Stream<Path> files = Files.list(StandaloneCluster.HOME.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(
              file,
              home.resolve(part).resolve(file.getFileName()),
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Path page = Path.of("docs/paper.md");
    Files.createDirectories(home.resolve("docs"));
    Files.copy(page, home.resolve(page));
    Files.createSymbolicLink(home.resolve("target"), StandaloneCluster.HOME.resolve("target"));
    Files.writeString(home.resolve("jobs/claims.yaml"), PLANTED);
    return home;
  }

  private Started start(String... command) throws IOException {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().remove("SPARK_HOME");
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    return new Started(
        process.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  /** Waits until a trial of {@code sweep} is committed. */
  private static void awaitRow(Started run, Path sweep) throws Exception {
    while (!Files.isDirectory(sweep) || StoredRows.store(sweep).committed().isEmpty()) {
      if (run.process().waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it has ended early: " + run.await());
      }
    }
  }

  /** When each row was written. */
  private static Map<String, FileTime> rows(Path out, List<String> studies) throws IOException {
    Map<String, FileTime> rows = new TreeMap<>();
    for (String study : studies) {
      if (Files.isDirectory(out.resolve(study))) {
        for (TrialId id : StoredRows.store(out.resolve(study)).committed()) {
          Path row = out.resolve(study).resolve("trials").resolve(id + ".parquet");
          rows.put(study + "/" + id, Files.getLastModifiedTime(row));
        }
      }
    }
    return rows;
  }

  /** Two classes with a picture each: waves of two directions. */
  private Path photographs() throws IOException {
    Path root = folder.resolve("photographs");
    for (int kind = 0; kind < 2; kind++) {
      BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int wave = (int) (128 + 120 * Math.sin((kind == 0 ? x : x + y) / 2.0));
          picture.setRGB(x, y, wave << 16 | (255 - wave) << 8 | 10 * y);
        }
      }
      Path synset = Files.createDirectories(root.resolve("n0000000" + kind));
      ImageIO.write(picture, "png", synset.resolve("picture.png").toFile());
    }
    return root;
  }

  /** A tetrahedron and an octahedron. */
  private Path meshes() throws IOException {
    Path root = Files.createDirectory(folder.resolve("meshes"));
    Files.writeString(
        root.resolve("tetrahedron.off"),
        """
        OFF
        4 4 0
        0 0 0
        1 0 0
        0 1 0
        0 0 1
        3 0 2 1
        3 0 1 3
        3 1 2 3
        3 0 3 2
        """);
    Files.writeString(
        root.resolve("octahedron.off"),
        """
        OFF
        6 8 0
        1 0 0
        -1 0 0
        0 1 0
        0 -1 0
        0 0 1
        0 0 -1
        3 0 2 4
        3 2 1 4
        3 1 3 4
        3 3 0 4
        3 2 0 5
        3 1 2 5
        3 3 1 5
        3 0 3 5
        """);
    return root;
  }
}
