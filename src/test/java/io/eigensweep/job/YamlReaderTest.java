package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private static Node read(String text) {
    return YamlReader.read(text, "f");
  }

  @Test
  void typesScalarsByTheCoreSchema() {
    Node.Sequence list =
        (Node.Sequence)
            read("[1, -1, 1.0, 1e2, .inf, .nan, true, no, ~, null, '1', 2024-01-01, x]");

    assertThat(list.items())
        .extracting(item -> ((Node.Scalar) item).kind())
        .containsExactly(
            Node.Kind.INTEGER,
            Node.Kind.INTEGER,
            Node.Kind.FLOAT,
            Node.Kind.FLOAT,
            Node.Kind.FLOAT,
            Node.Kind.FLOAT,
            Node.Kind.BOOLEAN,
            Node.Kind.TEXT,
            Node.Kind.NULL,
            Node.Kind.NULL,
            Node.Kind.TEXT,
            Node.Kind.TEXT,
            Node.Kind.TEXT);
  }

  @Test
  void knowsWhereEverythingStarts() {
    Node.Mapping root = (Node.Mapping) read("a: 1\nb:\n  - c: 2\n");

    assertThat(root.at()).hasToString("f:1:1");
    assertThat(root.entries())
        .extracting(entry -> entry.at().toString())
        .containsExactly("f:1:1", "f:2:1");
    Node.Sequence list = (Node.Sequence) root.entries().get(1).value();
    assertThat(((Node.Mapping) list.items().get(0)).entries().get(0).value().at())
        .hasToString("f:3:8");
  }

  @Test
  void readsWordsThatBeginWithAt() {
    Node.Sequence list = (Node.Sequence) read("[@a/b.txt, 'a @b', \"\\uE000@\", a@b] # @c");

    assertThat(list.items())
        .extracting(item -> ((Node.Scalar) item).text())
        .containsExactly("@a/b.txt", "a @b", "\uE000@", "a@b");
    assertThatThrownBy(() -> read("a: @b\nc: *@d"))
        .isInstanceOf(JobException.class)
        .hasMessage("f:2:4: aliases (*@d) are not supported; write it out");
  }

  @Test
  void readsWindowsLineEnds() {
    assertThat(read("\uFEFFa: x\r\nb: [1,\r\n  2]\r\n").toString())
        .isEqualTo(read("a: x\nb: [1,\n  2]\n").toString());
  }

  @Test
  void refusesAnAliasBombAtItsFirstAnchor() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    a: &a [x, x, x, x, x, x, x, x, x]
                    b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
                    """))
        .isInstanceOf(JobException.class)
        .hasMessage("f:1:4: anchors (&a) are not supported; write it out");
  }

  @Test
  void refusesAnAliasWithoutAnchor() {
    assertThatThrownBy(() -> read("a: *b"))
        .isInstanceOf(JobException.class)
        .hasMessage("f:1:4: aliases (*b) are not supported; write it out");
  }

  @Test
  void refusesBottomlessNesting() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(JobException.class)
        .hasMessage("f:1:34: nested more than 32 deep");
  }

  @Test
  void refusesATabAsIndentation() {
    assertThatThrownBy(() -> read("a:\n\tb: 1"))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("f:2:1: not valid YAML: ");
  }

  @Test
  void refusesCharactersThatYamlDoesNotAllow() {
    assertThatThrownBy(() -> read("a: \u0007"))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("f:1:1: not valid YAML: ")
        .hasMessageNotContaining("\n");
  }
}
