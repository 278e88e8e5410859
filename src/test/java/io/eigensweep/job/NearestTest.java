package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void countsEdits() {
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "abc")).isZero();
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("resolutoin", "resolution")).isEqualTo(2);
  }

  @Test
  void namesTheNearestWord() {
    List<String> known = List.of("width", "hidden-layers", "bias");
    assertThat(Nearest.hint("hidden_layer", known)).isEqualTo("; did you mean \"hidden-layers\"?");
    assertThat(Nearest.hint("with", known)).isEqualTo("; did you mean \"width\"?");
  }

  @Test
  void listsTheKnownWordsWhenNoneIsNear() {
    assertThat(Nearest.hint("momentum", List.of("width", "bias")))
        .isEqualTo("; known: width, bias");
  }
}
