package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void padsColumnsAndAlignsNumbersToTheRight() {
    Table table =
        new Table(
            List.of("Setting", "n", "λ"),
            List.of(Arrays.asList("identity", "8", "< 3.1e-29"), Arrays.asList("grid", "12", null)),
            Set.of(new Table.Cell(1, 1)));
    assertThat(Markdown.render(table))
        .isEqualTo(
            """
            | Setting  |      n |         λ |
            | -------- | -----: | --------: |
            | identity |      8 | < 3.1e-29 |
            | grid     | **12** |           |
            """);
  }

  @Test
  void showsEveryTextAsText() {
    assertThat(Markdown.text("<img onerror=\"alert(1)\">.JPEG"))
        .isEqualTo("&lt;img onerror=\"alert(1)\"&gt;.JPEG");
    assertThat(Markdown.text("a|b\nc\td\u001b[31m")).isEqualTo("a\\|b c d \\[31m");
    assertThat(Markdown.text("[x](javascript:y) `z` *w* \\"))
        .isEqualTo("\\[x\\](javascript:y) \\`z\\` \\*w\\* \\\\");
    assertThat(Markdown.text("< 3e-29 <b> </b>")).isEqualTo("< 3e-29 &lt;b> &lt;/b&gt;");
    assertThat(Markdown.text("&lt;")).isEqualTo("&amp;lt;");
    assertThat(Markdown.text("n01440764_10026.JPEG _x_")).isEqualTo("n01440764_10026.JPEG \\_x\\_");
    assertThat(Markdown.text("größer 漢字 😀")).isEqualTo("größer 漢字 😀");
  }

  @Test
  void refusesARaggedTable() {
    assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("a row of 1 cells under a header of 2");
  }

  @Test
  void rendersATableWithoutRows() {
    assertThat(Markdown.render(new Table(List.of("a", "long"), List.of())))
        .isEqualTo("| a   | long |\n| --- | ---- |\n");
  }
}
