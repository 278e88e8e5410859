package io.eigensweep.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.job.Job;
import io.eigensweep.job.JobException;
import io.eigensweep.job.JobFile;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An update rule is written as a block, or with its constants beside it as it always was. */
class OptimizerSpellingTest {
  private static final Signal PHOTOGRAPH =
      new Signal.ImagenetPicture("/root", "n01", "n01_1.JPEG", 128, Coordinates.CENTERS);

  private static Job job(String training) {
    return JobFile.read(
        "name: x\nencoding: {type: multigrid, resolution: 200}\ntraining: " + training,
        "job.yaml",
        List.of());
  }

  private static List<String> ids(String training) {
    return Grid.expand(job(training), List.of(PHOTOGRAPH)).byId().keySet().stream()
        .map(id -> id.text())
        .toList();
  }

  /** Ids of version 5 of the numerics, as they were made before update rules were blocks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{optimizer: sgd} | zkcealzwxj6gunng",
        "{} | zkcealzwxj6gunng",
        "{optimizer: {type: sgd}} | zkcealzwxj6gunng",
        "{optimizer: momentum} | wvcbsea37fgz7pfv",
        "{optimizer: momentum, momentum: null, beta1: null} | wvcbsea37fgz7pfv",
        "{optimizer: {type: momentum, momentum: 0.9}} | wvcbsea37fgz7pfv",
        "{optimizer: momentum, momentum: 0.5} | 6bziumsoca6vjalx",
        "{optimizer: {type: momentum, momentum: 0.5}} | 6bziumsoca6vjalx",
        "{optimizer: adam, learning-rate: 0.01} | uba6lzgkevaotjsn",
        "{optimizer: {type: adam}, learning-rate: 0.01} | uba6lzgkevaotjsn",
        "{optimizer: adam, beta1: 0.8, epsilon: 1e-6, learning-rate: 0.01} | 4np5rk3t5lyd5s4c",
        "{optimizer: {type: adam, beta1: 0.8, epsilon: 1e-6}, learning-rate: 0.01}"
            + " | 4np5rk3t5lyd5s4c",
        "{optimizer: adam} | 3suhphvdkmgklacl",
      })
  void everySpellingHasTheIdThatItAlwaysHad(String training, String id) {
    assertThat(ids(training)).containsExactly(id);
  }

  @Test
  void rulesAndConstantsAreAxes() {
    assertThat(ids("{optimizer: [sgd, momentum, {type: adam, beta1: [0.9, 0.8]}]}"))
        .hasSize(4)
        .startsWith("zkcealzwxj6gunng", "wvcbsea37fgz7pfv", "3suhphvdkmgklacl");
    assertThat(ids("{optimizer: momentum, momentum: [0.5, 0.9]}"))
        .containsExactly("6bziumsoca6vjalx", "wvcbsea37fgz7pfv");
  }

  @Test
  void theCanonicalFormIsTheOldSpellingWhichReadsBack() {
    Job job = job("{optimizer: {type: adam}, learning-rate: 0.01}");
    assertThat(job.canonicalJson())
        .contains(
            "\"training\":[{\"optimizer\":\"adam\",\"beta1\":0.9,\"beta2\":0.999,\"epsilon\":1E-8,"
                + "\"learning-rate\":0.01,");
    assertThat(JobFile.read(job.canonicalJson(), "job.json", List.of())).isEqualTo(job);
  }

  @Test
  void exclusionsNameRulesAndTheirConstants() {
    String rules = "{optimizer: [sgd, {type: adam, beta1: [0.9, 0.8]}]}\nexclude: ";
    assertThat(ids(rules + "{training: {optimizer: adam, beta1: 0.8}}"))
        .containsExactly("zkcealzwxj6gunng", "3suhphvdkmgklacl");
    assertThat(ids(rules + "{training: {optimizer: [adam, momentum]}}"))
        .containsExactly("zkcealzwxj6gunng");
    assertThat(job("{}\nexclude: {training: {beta1: 0.7, optimizer: adam}}").canonicalJson())
        .endsWith("\"exclude\":[{\"training\":{\"optimizer\":[\"adam\"],\"beta1\":[0.7]}}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{momentum: 0.9} | 3:22: momentum belongs to optimizer momentum, got 0.9 with optimizer sgd",
        "{optimizer: [sgd, momentum], momentum: 0.9} | 3:50: momentum belongs to optimizer momentum,"
            + " got 0.9 with optimizer sgd",
        "{optimizer: {type: momentum}, momentum: 0.5} | 3:41: momentum belongs into the block"
            + " optimizer",
        "{optimizer: momentum, momentum: 1} | 3:43: momentum must be from 0 and below 1, got 1.0",
        "{optimizer: {type: adam, momentum: 0.5}} | 3:36: unknown key \"momentum\" in"
            + " training.optimizer (adam); known: type, beta1, beta2, epsilon",
        "{optimizer: adma} | 3:23: unknown type \"adma\" in training.optimizer; did you mean"
            + " \"adam\"?",
        "{optimizer: adam, learning-rate-of-limit: 0.5} | 3:53: learning-rate-of-limit needs"
            + " optimizer sgd or momentum, whose stability limit is known, got adam",
      })
  void saysWhatDoesNotFit(String training, String message) {
    assertThatThrownBy(() -> job(training))
        .isInstanceOf(JobException.class)
        .hasMessage("job.yaml:" + message);
  }
}
