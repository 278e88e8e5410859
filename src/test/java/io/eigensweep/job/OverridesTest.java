package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.training.TrainingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
  private static final String JOB =
      """
      name: x
      signal: {type: imagenet, root: here}
      encoding:
        - {type: identity}
        - {type: fourier, levels: 4}
      network: {width: 64}
      """;

  private static Job read(String... overrides) {
    return JobFile.read(JOB, "job.yaml", List.of(overrides));
  }

  @Test
  void replacesValuesInOrder() {
    Job job = read("network.width=128", "network.width=[256, 512]", "name=y");

    assertThat(job.name()).isEqualTo("y");
    assertThat(job.networks()).extracting(NetworkSettings::width).containsExactly(256, 512);
  }

  @Test
  void makesMissingKeysAndSections() {
    Job job = read("training.epochs=7", "training.learning-rate=1e1", "seeds=[3, 4]");

    assertThat(job.trainings()).extracting(TrainingSettings::epochs).containsExactly(7);
    assertThat(job.trainings()).extracting(TrainingSettings::learningRate).containsExactly(10.0);
    assertThat(job.seeds()).containsExactly(3L, 4L);
  }

  @Test
  void indexesLists() {
    assertThat(read("encoding.1.levels=8").encodings())
        .containsExactly(new Identity(), new Fourier(8));
    assertThat(read("encoding.0={type: fourier, levels: [1, 2]}").encodings())
        .containsExactly(new Fourier(1), new Fourier(2), new Fourier(4));
  }

  @Test
  void replacesWholeSections() {
    assertThat(read("encoding={type: identity}").encodings()).containsExactly(new Identity());
  }

  @Test
  void takesPathsWithEqualsSignsAndPoints() {
    ImagenetSource source =
        (ImagenetSource) read("signal.root=../data/a=b/imagenet.v2").signals().get(0);

    assertThat(source.root()).isEqualTo("../data/a=b/imagenet.v2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pictures/set #2",
        "#2",
        "a: b",
        "a:",
        "-",
        "- a",
        "-a",
        "@a",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "|",
        "> a",
        "%a",
        "`a",
        "? a",
        "---",
        "...",
        ", a",
        "] a",
        "a, b",
        "'a",
        "'a' #b",
        "\"a\" \"b\"",
        "it's \"a\"",
        "a ",
        " a",
        "a\t",
        "a\\n",
        "2024",
        "1e3",
        "true",
        "0x10",
        ".inf",
        "2026-01-31T07:00",
        "\uE000@ #",
        "\uFEFFa",
      })
  void takesTextWhole(String text) {
    assertThat(root(read("signal.root=" + text))).isEqualTo(text);
    // Of a script with Windows line ends.
    assertThat(root(read("signal.root=" + text + "\r"))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "'it''s #1'~ it's #1",
        "\"a\\tb #\"~ a\tb #",
        "'[a]'~ [a]",
        "'null'~ null",
        "\"@a \\u00e4\"~ @a ä",
        "\"\\ue000@\"~ \ue000@",
      })
  void takesQuotesAway(String value, String text) {
    assertThat(root(read("signal.root=" + value))).isEqualTo(text);
  }

  @Test
  void cutsNothingInListsAndBlocks() {
    assertThat(read("signal.root=[a #1, '#2', @c, 4]").signals())
        .extracting(source -> ((ImagenetSource) source).root())
        .containsExactly("a #1", "#2", "@c", "4");
    assertThat(root(read("signal={type: imagenet, root: a #1}"))).isEqualTo("a #1");
    assertThat(root(read("signal=\n  type: imagenet\n  root: a #1\n"))).isEqualTo("a #1");
    assertThat(read("network.width= 5 \r\n").networks())
        .extracting(NetworkSettings::width)
        .containsExactly(5);
  }

  private static String root(Job job) {
    return ((ImagenetSource) job.signals().get(0)).root();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      value = {
        "network@ --set needs path=value, for example network.width=512, got \"network\"",
        "=5@ --set needs path=value, for example network.width=512, got \"=5\"",
        "network..width=5@ --set needs path=value, for example network.width=512, got"
            + " \"network..width=5\"",
        "network.widht=5@ --set network.widht: unknown key \"widht\" in network; did you mean"
            + " \"width\"?",
        "netwrk.width=5@ --set netwrk.width: unknown key \"netwrk\" in the job; did you mean"
            + " \"network\"?",
        "network.width=0@ --set network.width: width must be between 1 and 65536, got 0",
        "network.width=5.5@ --set network.width: width: 5.5 must be a whole number",
        "network.width=[1@ --set network.width: not valid YAML: expected ',' or ']', but got"
            + " <stream end>; text that begins so needs quotes of its own",
        "network.width=@ --set network.width: width must be a whole number, not nothing",
        "network.width=*a@ --set network.width: width: \"*a\" must be a whole number",
        "network.width=[*a]@ --set network.width: aliases (*a) are not supported; write it out;"
            + " text that begins so needs quotes of its own",
        "network=width: 5@ --set network: network must be a block of keys, not \"width: 5\"",
        "network.width='5'@ --set network.width: width: \"5\" must be a whole number, without"
            + " quotes",
        "network.width.x=5@ --set network.width.x: width is 64 and has no key \"x\"",
        "encoding.levels=5@ --set encoding.levels: encoding is a list of 2; say which entry, for"
            + " example encoding.0.levels",
        "encoding.2.levels=5@ --set encoding.2.levels: encoding has 2 entries, counted from 0;"
            + " there is no entry 2",
        "encoding.99999999999.levels=5@ --set encoding.99999999999.levels: encoding has 2 entries,"
            + " counted from 0; there is no entry 99999999999",
        "encoding.0.levels=5@ --set encoding.0.levels: unknown key \"levels\" in encoding"
            + " (identity); known: type",
        "network.0.width=5@ --set network.0.width: network is no list and has no entry 0",
      })
  void namesTheOverrideAndReason(String override, String message) {
    assertThatThrownBy(() -> read(override)).isInstanceOf(JobException.class).hasMessage(message);
  }

  @Test
  void refusesOverridesOfAnEmptyFileLikeAnyOther() {
    assertThatThrownBy(() -> JobFile.read("", "job.yaml", List.of("name=x")))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "--set name: missing key \"encoding\" in the job, for example encoding: {type:"
                + " identity}");
  }
}
