package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several studies in one command; the script around it is tested on the jar. */
class ReproduceTest {
  private static final String TINY =
      "network: {width: 4}\ntraining: {learning-rate: 1, epochs: 1}\nntk: {points: 4}\n";

  @TempDir Path folder;
  private Path scale = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Path scales = Files.createDirectories(folder.resolve("a [b]/jobs/scales"));
    scale = scales.resolve("tiny.yaml");
    out = folder.resolve("out 1");
    Files.writeString(
        scale,
        "drawn: {signal.size: 8}\nbroken: {network.width: 65536}\nshaped: {seeds: [0, 1]}\n");
    job("drawn", "signal: {type: generated}\nencoding: {type: identity}\n");
    job(
        "broken",
        "signal: {type: imagenet, root: /nowhere, synsets: 1}\nencoding: {type: identity}\n");
    job(
        "shaped",
        "signal: {type: mesh, path: /nowhere, sampling: {samples: 50, held-out: 50, cells: 4,"
            + " surface-points: 20}}\nencoding: {type: identity}\n");
    Files.writeString(
        folder.resolve("solid.off"),
        "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n");
    ImageIO.write(
        new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
        "png",
        Files.createDirectories(folder.resolve("photographs/one")).resolve("a.png").toFile());
  }

  private void job(String name, String text) throws IOException {
    Files.writeString(
        scale.resolveSibling("../" + name + ".yaml"), "name: " + name + "\n" + text + TINY);
  }

  private Program reproduce(String photographs, String... more) {
    return Program.run(
        Stream.concat(
                Stream.of(
                    "reproduce",
                    scale.toString(),
                    "--photographs",
                    photographs,
                    "--meshes",
                    folder.resolve("solid.off").toString(),
                    "--out",
                    out.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void plansAllStudiesAndTheirSumAndWritesNothing() {
    Program plan = reproduce(folder + "/absent", "--plan", "--set", "seeds=[0, 1, 2]");

    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.errorLines()).hasSize(1);
    assertThat(plan.err()).startsWith("broken: 3 trials would not fit");
    assertThat(plan.out())
        .containsPattern("(?m)^study +trials +done +core-hours +time +memory")
        .containsPattern("(?m)^drawn +3 +0 ")
        .containsPattern("(?m)^all +9 +0 ")
        .contains("note: times are for a core like this one");
    assertThat(out).doesNotExist();
  }

  @Test
  void startsNothingWherePicturesAreNotThere() {
    Program run = reproduce(folder + "/absent");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err()).contains(folder + "/absent");
    assertThat(out).doesNotExist();
  }

  @Test
  void goesOnAfterAStudyThatCantBeRunAndFillsItsPage() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # Page

        <!-- table each: SELECT count(*) AS trials, max(seed) AS seed FROM trials -->
        <!-- end -->
        <!-- table shaped: SELECT signal_id AS mesh, n FROM comparison JOIN trials USING (encoding)
          WHERE seed = 0 -->
        <!-- end -->
        <!-- table broken: SELECT 1 -->
        <!-- end -->
        <!-- table shaped: SELECT no_such_column FROM trials -->
        <!-- end -->
        """);
    Program run = reproduce(folder + "/photographs", "--document", page.toString());

    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.out())
        .contains("3 studies in " + out + "; did not end well: broken (code 2), results (code 3)");
    assertThat(Files.readString(out.resolve("paper.md")))
        .contains("| drawn  |      1 |    0 |", "| shaped |      2 |    1 |")
        .contains("solid.off", "*broken has not been run.*", "*" + page + ":10: shaped: ");

    // A study that can't be read takes its own tables with it, and no others.
    Files.move(out.resolve("drawn/trials"), out.resolve("drawn/rows"));
    Files.createSymbolicLink(out.resolve("drawn/trials"), Path.of("trials"));
    Program again = Program.run("results", page.toString(), "--out", out.toString());
    assertThat(again.code()).as(again.err()).isEqualTo(3);
    assertThat(again.errorLines()).hasSize(2);
    assertThat(again.errorLines().get(0)).startsWith("drawn can't be opened: ");
    assertThat(again.errorLines().get(1))
        .startsWith(page + ":10: shaped: ")
        .contains("no_such_column");
    assertThat(again.out())
        .contains("| shaped |      2 |    1 |", "*drawn can't be opened: ")
        .endsWith(rest(Files.readString(out.resolve("paper.md"))));
  }

  /** What comes after the table of every study. */
  private static String rest(String page) {
    return page.substring(page.indexOf("<!-- table shaped"));
  }

  @Test
  void refusesWrongClaimsBesideTheJobsBeforeAnythingRuns() throws IOException {
    Path claims = scale.resolveSibling("../claims.yaml");
    Files.writeString(claims, "claims:\n  - id: x\n    quantiti: psnr\n");

    Program run = reproduce(folder + "/photographs");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .contains("claims.yaml:3:5: unknown key \"quantiti\"");
    assertThat(out).doesNotExist();
  }

  /** Also where the path of the scale itself goes up. */
  @ParameterizedTest
  @CsvSource({
    "night.yaml, ../a.yaml",
    "./night.yaml, ../a.yaml",
    "../night.yaml, ../../a.yaml",
    "jobs/scales/night.yaml, jobs/a.yaml",
    "/jobs/night.yaml, /a.yaml",
  })
  void jobsAreInTheFolderAboveTheScales(String scaleFile, String job) {
    assertThat(Path.of(JobFiles.beside(scaleFile, "a.yaml")).normalize()).isEqualTo(Path.of(job));
  }

  @Test
  void saysWhichTableIsWrong() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "\n<!-- table drawn: SELECT 1 -->\n");

    Program results = Program.run("results", page.toString(), "--out", out.toString());

    assertThat(results.code()).isEqualTo(2);
    assertThat(results.errorLines()).hasSize(1);
    assertThat(results.err()).contains("page.md:2: a block is");
  }
}
