package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableBlocksTest {
  private static final String DOCUMENT =
      """
      # Title

      <!-- table depth: SELECT 1
        AS a -->
      old
      <!-- end -->
      Between <!-- a comment -->
      <!-- file claims/claims.md -->
      <!-- end -->
      after
      """;

  @Test
  void replacesWhatIsBetweenAndKeepsTheRest() {
    TableBlocks blocks = TableBlocks.of(DOCUMENT, "d.md");

    assertThat(blocks.blocks())
        .containsExactly(
            new TableBlocks.Block("depth", "SELECT 1\n  AS a", "d.md:3"),
            new TableBlocks.Block("claims/claims.md", "", "d.md:8"));
    String filled = blocks.filled(List.of("| $1 |\n", "claims\n"));
    assertThat(filled)
        .isEqualTo(
            DOCUMENT
                .replace("old\n", "\n| $1 |\n\n")
                .replace("claims.md -->\n", "claims.md -->\n\nclaims\n\n"));
    assertThat(TableBlocks.of(filled, "d.md").filled(List.of("| $1 |\n", "claims\n")))
        .isEqualTo(filled);
  }

  @Test
  void knowsWhichStudiesItAsks() {
    List<TableBlocks.Block> blocks =
        TableBlocks.of(
                "<!-- table each: A -->\n<!-- end -->\n<!-- table b: B -->\n<!-- end -->\n"
                    + "<!-- file c -->\n<!-- end -->",
                "d.md")
            .blocks();

    assertThat(blocks).filteredOn(block -> block.asks("b")).hasSize(2);
    assertThat(blocks).filteredOn(block -> block.asks("c")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- table a: SELECT 1 -->\nno end",
        "<!-- table a SELECT 1 -->\n<!-- end -->",
        "<!-- table a: SELECT 1 -->\n<!-- table b: SELECT 2 -->\n<!-- end -->",
        "<!-- table a: SELECT 1 --> x\n<!-- end -->",
        "<!-- table a: -->\n<!-- end -->",
        "<!-- end -->",
      })
  void refusesABlockThatIsNone(String text) {
    assertThatThrownBy(() -> TableBlocks.of("\n" + text, "d.md"))
        .isInstanceOf(UsageException.class)
        .hasMessageMatching("d\\.md:[23]: .*")
        .hasMessageNotContaining("\n");
  }
}
