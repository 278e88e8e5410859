package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  private static final String JOB =
      "{name: mine, encoding: {type: identity}, network: {width: 8}, seeds: [0, 1]}";

  private static Job at(String scale, String... overrides) {
    return JobFile.read(JOB, "mine.yaml", Scale.read(scale, "tiny.yaml"), List.of(overrides));
  }

  @Test
  void setsWhatItsRowNamesAndLeavesTheRest() {
    Job job = at("other: {network.width: 2}\nmine: {network.width: [3, 4], training.epochs: 5}");

    assertThat(job.networks()).extracting("width").containsExactly(3, 4);
    assertThat(job.trainings()).extracting("epochs").containsExactly(5);
    assertThat(job.seeds()).containsExactly(0L, 1L);
  }

  @Test
  void comesBeforeTheCommandLine() {
    assertThat(at("mine: {network.width: 3}", "network.width=5").networks())
        .extracting("width")
        .containsExactly(5);
  }

  @Test
  void namesItsStudiesInTheirOrder() {
    assertThat(Scale.read("b: {seeds: 1}\na: {}", "tiny.yaml").studies()).containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mime: {seeds: 1}        | tiny.yaml does not say how large \"mine\" is; did you mean \"mime\"?",
        "mine: {network.wide: 1} | tiny.yaml:1:8: unknown key \"wide\" in network",
        "mine: {network..a: 1}   | tiny.yaml:1:8: needs keys joined by points, for example network.width, got network..a",
        "mine: {network.width: x} | tiny.yaml:1:23: width: \"x\" must be a whole number",
        "mine: 3                 | tiny.yaml:1:1: mine must be a block of paths and values, for example {network.width: 64}, got 3",
        "100%d: 3                | tiny.yaml:1:1: 100%d must be a block of paths and values",
        "mine: {50%..a: 1}       | tiny.yaml:1:8: needs keys joined by points, for example network.width, got 50%..a",
        "[mine]                  | tiny.yaml:1:1: a scale is a block",
      })
  void saysWhereItIsWrong(String scale, String message) {
    assertThatThrownBy(() -> at(scale))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }
}
