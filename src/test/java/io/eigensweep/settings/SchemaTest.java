package io.eigensweep.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaTest {
  /** A value that prettifies itself for people. */
  record Percent(int hundredths) implements Shorthand {
    @Override
    public String shorthand() {
      return Integer.toString(hundredths);
    }

    @Override
    public String toString() {
      return hundredths + " %";
    }
  }

  /** A block with a type. */
  sealed interface Shape permits Round, Edged {}

  @TypeName("round")
  record Round(@Key(meaning = "its radius", fallback = "1e-8", omitDefault = true) double radius)
      implements Shape {}

  @TypeName("edged")
  record Edged(
      @Key(meaning = "lengths", fallback = "[1, 2]") List<Integer> edges,
      @Key(meaning = "colour", optional = true, column = "paint") @Nullable String colour)
      implements Shape {}

  record Drawing(
      @Key(meaning = "what is drawn") Shape shape,
      @Key(meaning = "how much of it", fallback = "100") Percent share,
      @Key(meaning = "who draws", identity = false) String hand) {}

  /** Has a component that says nothing of itself. */
  record Mute(@Key(meaning = "spoken") int spoken, Plain plain) {}

  record Plain(int number) {}

  private static List<String> walk(Record record) {
    List<String> lines = new ArrayList<>();
    Schema.walk(
        record,
        (one, value) ->
            lines.add(one.column() + "=" + (value == null ? "-" : CanonicalJson.text(value))));
    return lines;
  }

  @Test
  void goesThroughBlocksInTheirOrder() {
    assertThat(walk(new Drawing(new Edged(List.of(3, 4), null), new Percent(7), "left")))
        .containsExactly("shape=edged", "edges=3,4", "paint=-", "share=7", "hand=left");
  }

  @Test
  void knowsADefaultHoweverItIsWritten() {
    Schema.Component radius = Schema.of(Round.class).get(0);
    assertThat(radius.isDefault(0.00000001)).isTrue();
    assertThat(radius.isDefault(0.5)).isFalse();
    Schema.Component share = Schema.of(Drawing.class).get(1);
    assertThat(share.isDefault(new Percent(100))).isTrue();
    assertThat(share.isDefault(new Percent(7))).isFalse();
  }

  @Test
  void identityHoldsNoDefaultThatIsLeftOutAndNoTextForPeople() {
    Record drawing = new Drawing(new Round(1e-8), new Percent(7), "left");
    assertThat(CanonicalJson.identity(drawing))
        .isEqualTo("{\"shape\":{\"type\":\"round\"},\"share\":7}");
    assertThat(CanonicalJson.full(drawing))
        .isEqualTo(
            "{\"shape\":{\"type\":\"round\",\"radius\":1E-8},\"share\":7,\"hand\":\"left\"}");
  }

  @Test
  void refusesWhatSaysNothingOfItself() {
    assertThatThrownBy(() -> Schema.of(Mute.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("plain has no @Key");
    assertThatThrownBy(() -> CanonicalJson.full(List.of(new Object())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no scalar");
  }
}
