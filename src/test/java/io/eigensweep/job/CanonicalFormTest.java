package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {
  private static Job read(String text) {
    return JobFile.read(text, "job.yaml", List.of());
  }

  private static void assertRoundTrip(Job job) {
    Job again = read(job.canonicalJson());

    assertThat(again.canonicalJson()).isEqualTo(job.canonicalJson());
    assertThat(again).usingRecursiveComparison().ignoringFields("exclusions.where").isEqualTo(job);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf/reference.yaml",
        "jobs/quickstart.yaml",
        "jobs/first-run.yaml",
        "jobs/resolution-sweep.yaml"
      })
  void readsBackToTheSameJob(String file) throws IOException {
    assertRoundTrip(read(Files.readString(Path.of(file))));
  }

  @Test
  void readsBackWhateverAJobMayHold() {
    assertRoundTrip(
        read(
            """
            name: all
            signal:
              - type: imagenet
                root: "a \\"quoted\\" \\\\ path\\t\\x7f \\u0085 ü 🎉 \\uffff"
                classes: ["@classes.txt"]
                synsets: [all, 007]
                size: [null, 64]
              - {type: image, path: "null"}
            encoding:
              - {type: multigrid, resolution: [3, 5], growth: [1.5, 2], init-std: [1e-9, 0.1]}
              - {type: identity}
            training: {learning-rate: [1e-300, 1e300, 123456789.125], epochs: 50}
            ntk: [{epochs: []}, {epochs: [013, init], outputs: [sum, full]}]
            artifacts: [reconstruction]
            seeds: [-9223372036854775808, 1]
            exclude:
              - {signal: {file: ["x: y", "1"], size: null}, seeds: 1}
              - {encoding: {growth: 1.5}, training: {learning-rate: 1e-300}}
            """));
  }

  @Test
  void isTheSameForEverySpellingOfAJob() {
    String terse =
        """
        name: same
        encoding:
          - {type: multigrid, resolution: [50, 100], levels: [1, 2]}
        exclude: [{network: {width: 256}, encoding: {resolution: 50, type: multigrid}}]
        """;
    String wordy =
        """
        # A comment.
        seeds: 0
        exclude:
          - encoding: {type: [multigrid], resolution: [50]}
            network: {width: 256}
        artifacts: []
        linalg: [{blas: auto}]
        ntk: {precision: double, epochs: [init, half, last], outputs: mean, points: 1024}
        network: {bias: true, width: [256]}   # written-out defaults
        training:
          learning-rate: 1.0e2
          epochs: 300
        signal: {index: 0, type: generated}
        encoding:
          - {levels: 1, growth: 2.0, resolution: [50, 100], type: "multigrid"}
          - {resolution: 50, levels: 2, init-std: 1e-2, type: multigrid}
          - {type: multigrid, levels: 0x2, resolution: 100, features: 2}
        name: 'same'
        """;

    assertThat(read(wordy).canonicalJson()).isEqualTo(read(terse).canonicalJson());
  }

  @Test
  void keepsTheOrderOfAxes() {
    String up = read("name: x\nencoding: {type: fourier, levels: [1, 2]}\n").canonicalJson();
    String down = read("name: x\nencoding: {type: fourier, levels: [2, 1]}\n").canonicalJson();

    assertThat(up).isNotEqualTo(down);
  }

  @Test
  void isWrittenLikeThis() {
    assertThat(read("name: x\nencoding: {type: fourier, levels: [1, 2]}\n").canonicalJson())
        .isEqualTo(
            "{\"name\":\"x\","
                + "\"signal\":[{\"type\":\"generated\",\"kind\":\"dead-leaves\",\"size\":128,"
                + "\"index\":0,\"coordinates\":\"centers\",\"hold-out\":false}],"
                + "\"encoding\":[{\"type\":\"fourier\",\"levels\":1,\"frequencies\":\"log\"},"
                + "{\"type\":\"fourier\",\"levels\":2,\"frequencies\":\"log\"}],"
                + "\"network\":[{\"hidden-layers\":2,\"width\":256,\"activation\":\"relu\","
                + "\"parameterization\":\"width\",\"bias\":true}],"
                + "\"training\":[{\"optimizer\":\"sgd\",\"learning-rate\":100,"
                + "\"schedule\":\"constant\",\"batch-size\":1024,\"epochs\":300,\"psnr-every\":10}],"
                + "\"ntk\":[{\"points\":1024,\"epochs\":[\"init\",\"half\",\"last\"],"
                + "\"outputs\":\"mean\",\"precision\":\"double\",\"method\":\"auto\","
                + "\"jacobian-budget\":60,\"terms\":\"groups\",\"dynamics\":true}],"
                + "\"linalg\":[{\"blas\":\"auto\",\"kernels\":\"own\"}],"
                + "\"artifacts\":[],\"seeds\":[0],\"exclude\":[]}");
  }
}
