package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.result.SampleResults;
import io.eigensweep.store.SampleSweep;
import io.eigensweep.store.SyntheticSweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
  /** Of decibels, which are never so many, and a claim about another job. */
  private static final String PLANTED =
      """
      claims:
        - id: planted-true
          text: more than nothing at all
          study: drawn
          quantity: psnr
          of: {encoding: identity}
          rule: {above: -1e6}
        - id: planted-false
          text: more than anything
          study: drawn
          quantity: psnr
          of: {encoding: identity}
          rule: {above: 1e6}
        - id: elsewhere
          text: of another job
          study: another
          quantity: psnr
          of: {}
          rule: {above: 0}
      """;

  @TempDir private Path folder;

  /** The study spectrum, where grids are 24 dB above coordinates and 3 above frequencies. */
  @BeforeEach
  void sweep() throws IOException {
    Path study = folder.resolve("out/spectrum");
    Files.createDirectories(study.resolve("trials"));
    Files.createDirectories(folder.resolve("out/empty-folder"));
    Files.writeString(study.resolve("job.json"), SampleSweep.frozen("spectrum", 12));
    for (int picture = 0; picture < 4; picture++) {
      commit(study, picture, SampleResults.IDENTITY, 15 + picture);
      commit(study, picture, SampleResults.fourier(8), 36 + picture);
      commit(study, picture, SampleResults.multigrid(200), 39.01 + picture * 1.02);
    }
  }

  private static void commit(Path study, int picture, Encoding encoding, double psnr) {
    SyntheticSweep.write(
        study,
        SampleResults.succeeded(
            SampleResults.trial(SampleResults.photo(picture + ".JPEG"), encoding, 100, 0),
            psnr,
            0.9,
            SampleResults.unresolved(3, "total", 1e-20)),
        "spectrum",
        new Configuration());
  }

  private Path out() {
    return folder.resolve("out");
  }

  @Test
  void judgesThePapersClaimsByAFolderOfStudies() throws IOException {
    Program program = Program.run("claims", "--out", out().toString());
    assertThat(program.code()).as(program.err()).isZero();
    assertThat(line(program.out(), "psnr-over-identity ")).contains(" confirmed ");
    assertThat(line(program.out(), "psnr-over-fourier ")).contains(" refuted ");
    assertThat(line(program.out(), "lambda-min-over-identity-lattice"))
        .contains("not resolvable")
        .contains("no bound");
    assertThat(line(program.out(), "small-network-suffices"))
        .contains("not tested")
        .contains("there is no study capacity");
    assertThat(program.errorLines()).singleElement().asString().contains("written to");

    for (String name : new String[] {"claims.md", "claims.csv", "claims.tex", "claims.json"}) {
      assertThat(Files.readString(out().resolve("claims/" + name), StandardCharsets.UTF_8))
          .contains("confirmed");
    }
    assertThat(out().resolve("claims").toFile().list()).hasSize(4);
    Program again = Program.run("claims", "--out", out().toString());
    assertThat(again.out()).isEqualTo(program.out());
  }

  @Test
  void judgesASweepAlone() throws IOException {
    Program program =
        Program.run("claims", "--out", out().resolve("spectrum").toString(), "--format", "json");
    assertThat(program.code()).as(program.err()).isZero();
    assertThat(line(program.out(), "{\"id\":\"psnr-over-identity\""))
        .contains("\"verdict\":\"confirmed\"", "\"pictures\":4", "\"paper\":15");
    assertThat(out().resolve("spectrum/claims/claims.json"))
        .content(StandardCharsets.UTF_8)
        .isEqualTo(program.out());
  }

  @Test
  void takesClaimsOfAUsersOwn() throws IOException {
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(
        mine,
        """
        claims:
          - id: mine
            text: frequencies are 20 dB above coordinates
            study: spectrum
            quantity: psnr
            of: {encoding: fourier}
            over: {encoding: identity}
            rule: {within: [20, 22]}
        """);
    Program program =
        Program.run(
            "claims", "--out", out().toString(), "--claims", mine.toString(), "--format", "csv");
    assertThat(program.code()).as(program.err()).isZero();
    // 21 on all four: the sign test's answer, which four pictures do not give.
    assertThat(line(program.out(), "mine,"))
        .contains("not resolvable", "4 pictures can't decide at this level", "it takes 8")
        .contains(",21,21,");

    Files.writeString(mine, Files.readString(mine).replace("id: mine", "id: psnr-over-identity"));
    Program twice = Program.run("claims", "--out", out().toString(), "--claims", mine.toString());
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.errorLines())
        .containsExactly(mine + ": there is another claim psnr-over-identity");

    Files.writeString(mine, "claims: [{id: x}]");
    Program wrong = Program.run("claims", "--out", out().toString(), "--claims", mine.toString());
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.errorLines()).containsExactly(mine + ":1:10: missing key \"quantity\"");
  }

  @Test
  void takesThoseBesideAJobAlongWithItsSweep() throws IOException {
    Path job = Files.createDirectories(folder.resolve("jobs")).resolve("drawn.yaml");
    Path claims = job.resolveSibling("claims.yaml");
    String sweep = folder.resolve("drawn").toString();
    Files.writeString(
        job,
        """
        name: drawn
        signal: {type: generated, kind: [dead-leaves, glyphs], size: 8}
        encoding: {type: identity}
        network: {width: 4}
        training: {learning-rate: 1, epochs: 1}
        ntk: {points: 4}
        seeds: [0]
        """);
    Files.writeString(claims, "claims:\n  - {id: x, quantiti: psnr}\n");
    for (String command : new String[] {"plan", "sweep"}) {
      Program wrong = Program.run(command, job.toString(), "--out", sweep);
      assertThat(wrong.code()).isEqualTo(2);
      assertThat(wrong.errorLines())
          .containsExactly(
              claims + ":2:13: unknown key \"quantiti\" in a claim; did you mean \"quantity\"?");
    }
    assertThat(Path.of(sweep)).doesNotExist();

    Files.writeString(claims, PLANTED);
    Program swept = Program.run("sweep", job.toString(), "--out", sweep);
    assertThat(swept.code()).as(swept.err()).isZero();
    assertThat(swept.errorLines()).contains(claims + ": 2 of its claims are about drawn");
    assertThat(Path.of(sweep, "claims.yaml")).hasContent(PLANTED);

    String verdicts = Program.run("claims", "--out", sweep, "--claims", claims.toString()).out();
    assertThat(line(verdicts, "planted-true ")).contains(" confirmed ");
    assertThat(line(verdicts, "planted-false ")).contains(" refuted ");
    assertThat(line(verdicts, "elsewhere ")).contains("there is no study another");

    Files.writeString(claims, PLANTED.replace("planted-true", "still-true"));
    Program again = Program.run("sweep", job.toString(), "--out", sweep);
    assertThat(again.errorLines())
        .contains(claims + " has changed since this sweep began; it replaces what was kept");
    assertThat(Program.run("claims", "--out", sweep).out())
        .contains("still-true ", "planted-false ")
        .doesNotContain("planted-true ", "elsewhere ");

    Files.writeString(Path.of(sweep, "claims.yaml"), "claims: [{id: x}]");
    Program damaged = Program.run("claims", "--out", sweep);
    assertThat(damaged.code()).isEqualTo(2);
    assertThat(damaged.errorLines())
        .singleElement()
        .asString()
        .endsWith("claims.yaml:1:10: missing key \"quantity\"");
  }

  @Test
  void aggregateShowsThoseOfItsSweepAndSqlReadsThem() throws IOException {
    String study = out().resolve("spectrum").toString();
    Program none =
        Program.run("sql", "--out", study, "--format", "csv", "SELECT count(*) AS n FROM claims");
    assertThat(none.out().lines()).as(none.err()).containsExactly("n", "0");

    Program program = Program.run("aggregate", "--out", study);
    assertThat(program.code()).as(program.err()).isZero();
    assertThat(Path.of(study, "report/index.html"))
        .content(StandardCharsets.UTF_8)
        .contains("<h2 id=\"h-claims\">Claims</h2>", "psnr-over-identity", "#claims")
        .doesNotContain("small-network-suffices");
    assertThat(Path.of(study, "report/claims.md"))
        .content(StandardCharsets.UTF_8)
        .contains("# Claims", "psnr-over-fourier");
    Program sql =
        Program.run(
            "sql",
            "--out",
            study,
            "--format",
            "csv",
            "SELECT verdict, pictures, paper FROM claims WHERE id LIKE 'psnr-%' ORDER BY id");
    assertThat(sql.out().lines())
        .as(sql.err())
        .containsExactly("verdict,pictures,paper", "refuted,4,12", "confirmed,4,15");
  }

  @Test
  void refusesWhatIsNoFolderOfSweepsAndOtherFormats() {
    Program none = Program.run("claims", "--out", folder.resolve("none").toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.errorLines()).singleElement().asString().contains("can't find");
    Program empty = Program.run("claims", "--out", out().resolve("empty-folder").toString());
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.errorLines()).singleElement().asString().contains("there is no sweep in");
    Program format = Program.run("claims", "--out", out().toString(), "--format", "xml");
    assertThat(format.code()).isEqualTo(2);
    assertThat(format.err()).contains("must be text, json, csv, markdown or latex, got xml");
    Program file = Program.run("claims", "--out", out().toString(), "--claims", "nowhere.yaml");
    assertThat(file.errorLines()).containsExactly("there is no file of claims nowhere.yaml");
  }

  private static String line(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }
}
