package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of a sweep's folder mean themselves in each command, also beside one that they match. */
class FoldersTest {
  private static final String JOB =
      """
      name: tiny
      signal: {type: generated, kind: glyphs, size: 16}
      encoding: {type: identity}
      network: {hidden-layers: 1, width: 16}
      training: {learning-rate: 10, epochs: 2, batch-size: 64}
      ntk: {points: 16, epochs: [last]}
      """;

  @TempDir static Path shared;

  /** The sibling that globs would find. */
  @BeforeAll
  static void sibling() throws IOException {
    Files.writeString(shared.resolve("job.yaml"), JOB);
    sweep(shared.resolve("lr1"), "--set", "seeds=[5, 6, 7]");
  }

  /** What each command of the sweep in {@code out} does with its folder. */
  private static void sweep(Path out, String... more) {
    List<String> words = new java.util.ArrayList<>();
    words.addAll(List.of("sweep", shared.resolve("job.yaml").toString(), "--out", out.toString()));
    words.addAll(List.of(more));
    Program sweep = Program.run(words.toArray(String[]::new));
    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(out.resolve("job.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr[1]",
        "lr{1,2}",
        "lr*",
        "lr?",
        "back\\slash",
        "2026-01-31T07:00",
        "h#1 %41",
        " blank ",
        "k\u00f6ln",
        "ko\u0308ln",
        "\u96ea",
        "lr=1"
      })
  void isUsedAsItIsNamed(String name) throws IOException {
    Path out = shared.resolve(name);
    sweep(out);

    Program status = Program.run("status", "--out", out.toString());
    Program verify = Program.run("verify", "--out", out.toString(), "--sample", "1");
    assertThat(status.out()).contains("1 of 1 trials committed: 1 SUCCEEDED");
    assertThat(verify.code()).as(verify.err() + verify.out()).isZero();
    for (int aggregated = 0; aggregated < 2; aggregated++) {
      Program sql =
          Program.run("sql", "--out", out.toString(), "--format", "csv", "SELECT seed FROM trials");
      assertThat(sql.code()).as(sql.err()).isZero();
      assertThat(sql.out()).isEqualToNormalizingNewlines("seed\n0\n");
      Program aggregate =
          Program.run(
              "aggregate", "--out", out.toString(), "--with", shared.resolve("lr1").toString());
      assertThat(aggregate.code()).as(aggregate.err()).isZero();
      assertThat(out.resolve("report/index.html")).exists();
    }
  }

  @Test
  void takesALongName() {
    Path out = shared.resolve("x".repeat(200));
    sweep(out);
    assertThat(Program.run("status", "--out", out.toString()).code()).isZero();
    assertThat(Program.run("aggregate", "--out", out.toString()).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\tb"})
  void isRefusedAtOnceWhenItIsNoName(String name) {
    Program sweep = Program.run("sweep", shared.resolve("job.yaml").toString(), "--out", name);

    assertThat(sweep.code()).isEqualTo(2);
    assertThat(sweep.err()).contains("--out must be a path or a URI");
  }
}
