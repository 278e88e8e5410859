package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eigensweep.store.SampleSweep;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatexTest {
  private static final List<String> GOLDEN =
      List.of("headline.tex", "comparison.tex", "resolution.tex", "failures.tex");

  @TempDir Path folder;

  @Test
  void setsEveryCharacterAsText() {
    assertThat(Latex.text("a_b & 50% of $5 {x} #1 ~ ^ \\input"))
        .isEqualTo(
            "a\\_b \\& 50\\% of \\$5 \\{x\\} \\#1 \\textasciitilde{} \\textasciicircum{}"
                + " \\textbackslash{}input");
    assertThat(Latex.text("<i>|--[*]"))
        .isEqualTo("\\ensuremath{<}i\\ensuremath{>}\\ensuremath{|}{-}{-}{[}{*}{]}");
    assertThat(Latex.text("λ_min of é, 中 and 😀"))
        .isEqualTo("\\ensuremath{\\lambda_{\\min}} of é, {[}U+4E2D{]} and {[}U+1F600{]}");
    assertThat(Latex.text("a\nb\u2028c\0d")).isEqualTo("a b c d");
  }

  @Test
  void setsNumbersWithPowersAndMinusSigns() {
    Table table =
        new Table(
            List.of("n"),
            List.of(List.of("< 1.6e-15"), List.of("-7.50 ± 0.71"), List.of("2")),
            Set.of(new Table.Cell(2, 0)));
    assertThat(Latex.render(table).lines())
        .contains(
            "\\begin{tabular}{r}",
            "\\ensuremath{<} \\ensuremath{1.6\\times 10^{-15}} \\\\",
            "\\ensuremath{-}7.50 \\ensuremath{\\pm} 0.71 \\\\",
            "\\textbf{2} \\\\");
  }

  /** {@code .ci/run} installs pdflatex, and lets no test be skipped. */
  @Test
  void compilesWithEveryAsciiCharacterAndTheGoldenTables() throws Exception {
    assumeTrue(pdflatexIsPresent(), "pdflatex is not installed");
    String ascii =
        IntStream.range(0x20, 0x180).mapToObj(Character::toString).collect(Collectors.joining());
    Table hostile =
        new Table(
            List.of("name"),
            List.of(List.of(SampleSweep.HOSTILE), List.of(ascii), List.of("漢字 😀 \uE000")));
    StringBuilder document =
        new StringBuilder("\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n");
    document.append(Latex.render(hostile));
    for (String name : GOLDEN) {
      Files.copy(Path.of("src/test/resources/golden/report", name), folder.resolve(name));
      document.append("\n\\input{").append(name).append("}\n");
    }
    Files.writeString(folder.resolve("all.tex"), document.append("\\end{document}\n"));

    Process pdflatex =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();

    assertThat(pdflatex.waitFor()).as(output()).isZero();
    assertThat(folder.resolve("all.pdf")).isNotEmptyFile();
    assertThat(output()).doesNotContain("Missing character", "LaTeX Warning: Command");
  }

  private String output() throws IOException {
    Path log = folder.resolve("all.log");
    return Files.exists(log)
        ? Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1)
        : "no log";
  }

  private static boolean pdflatexIsPresent() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "pdflatex")));
  }
}
