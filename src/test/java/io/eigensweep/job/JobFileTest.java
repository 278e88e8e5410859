package io.eigensweep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.Kernels;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.Method;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.Precision;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.ntk.Terms;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Count;
import io.eigensweep.signal.GeneratedSource;
import io.eigensweep.signal.ImageSource;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFileTest {
  private static Job read(String text) {
    return JobFile.read(text, "job.yaml", List.of());
  }

  private static Multigrid multigrid(int levels, int resolution) {
    return new Multigrid(levels, 2, resolution, 2, 0.01, Interpolation.LINEAR);
  }

  @Test
  void fillsInEveryDefault() {
    Job job = read("name: small\nencoding: {type: identity}\n");

    assertThat(job.name()).isEqualTo("small");
    assertThat(job.signals())
        .containsExactly(
            new GeneratedSource(GeneratedKind.DEAD_LEAVES, 128, 0, Coordinates.CENTERS, false));
    assertThat(job.encodings()).containsExactly(new Identity());
    assertThat(job.networks())
        .containsExactly(
            new NetworkSettings(2, 256, Activation.RELU, Parameterization.WIDTH, true));
    assertThat(job.trainings()).containsExactly(TrainingSettings.sgd(100, 1024, 300, 10));
    assertThat(job.ntks())
        .containsExactly(
            new NtkSettings(
                new SamplePoints(1024, Pattern.PATCH, 9, null),
                List.of(new Checkpoint("init"), new Checkpoint("half"), new Checkpoint("last")),
                Outputs.MEAN,
                Precision.DOUBLE,
                Method.AUTO,
                60,
                Terms.GROUPS,
                true));
    assertThat(job.linalgs()).containsExactly(LinalgSettings.of(BlasChoice.AUTO));
    assertThat(job.artifacts()).isEmpty();
    assertThat(job.seeds()).containsExactly(0L);
    assertThat(job.exclusions()).isEmpty();
  }

  @Test
  void kernelsAreOneValueForTheWholeJob() {
    Job job =
        read(
            """
            name: small
            encoding: {type: identity}
            linalg: {blas: [auto, java], kernels: haswell}
            """);
    assertThat(job.linalgs())
        .containsExactly(
            new LinalgSettings(BlasChoice.AUTO, Kernels.HASWELL),
            new LinalgSettings(BlasChoice.JAVA, Kernels.HASWELL));
    assertThatThrownBy(
            () ->
                read(
                    """
                    name: small
                    encoding: {type: identity}
                    linalg: {kernels: [haswell, own]}
                    """))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("linalg.kernels is one value for the whole job, got haswell, own");
    assertThatThrownBy(
            () -> read("name: small\nencoding: {type: identity}\nlinalg: {kernels: pentium}"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("own")
        .hasMessageContaining("haswell");
  }

  @Test
  void readsTheDesignsExample() {
    Job job =
        read(
"""
name: resolution-sweep
signal: {type: imagenet, root: "hdfs:///imagenet/train", synsets: 100, images-per-synset: 1, size: 256}
encoding:
  - {type: identity}
  - {type: fourier, levels: [4, 8]}
  - {type: multigrid, resolution: [50, 100], levels: [1, 2], features: 2}
network:   {hidden-layers: 2, width: [256, 512], activation: relu, parameterization: width, bias: true}
training:  {optimizer: sgd, learning-rate: [10, 100], batch-size: 1024, epochs: 300}
ntk:       {points: 4096, epochs: [init, half, last, 7], outputs: mean}
artifacts: [reconstruction, weights]
seeds:     [0, 1, 2]
""");

    assertThat(job.signals())
        .containsExactly(
            new ImagenetSource(
                "hdfs:///imagenet/train",
                new Count(100),
                null,
                new Count(1),
                256,
                Coordinates.CENTERS,
                false));
    assertThat(job.networks()).extracting(NetworkSettings::width).containsExactly(256, 512);
    assertThat(job.trainings())
        .extracting(TrainingSettings::learningRate)
        .containsExactly(10.0, 100.0);
    assertThat(job.ntks().get(0).epochs())
        .extracting(Checkpoint::name)
        .containsExactly("init", "half", "last", "7");
    assertThat(job.artifacts()).containsExactly(Artifact.WEIGHTS, Artifact.RECONSTRUCTION);
    assertThat(job.seeds()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void variesTheFirstComponentSlowestWhateverTheOrderInTheFile() {
    Job job =
        read(
            """
            name: axes
            encoding:
              - {type: fourier, levels: [4, 8]}
              - {type: multigrid, resolution: [50, 100], levels: [1, 2]}
              - {type: identity}
            """);

    assertThat(job.encodings())
        .containsExactly(
            new Fourier(4),
            new Fourier(8),
            multigrid(1, 50),
            multigrid(1, 100),
            multigrid(2, 50),
            multigrid(2, 100),
            new Identity());
  }

  @Test
  void takesListsOfBlocksInEverySection() {
    Job job =
        read(
            """
            name: blocks
            encoding: {type: identity}
            signal:
              - {type: generated, kind: [star, glyphs]}
              - {type: image, path: a.png}
            training: [{epochs: [1, 2]}, {epochs: 5, learning-rate: 1e1}]
            ntk: [{epochs: []}, {epochs: last, points: [16, 64]}]
            linalg: {blas: [native, java]}
            """);

    assertThat(job.signals())
        .containsExactly(
            new GeneratedSource(GeneratedKind.STAR, 128, 0, Coordinates.CENTERS, false),
            new GeneratedSource(GeneratedKind.GLYPHS, 128, 0, Coordinates.CENTERS, false),
            new ImageSource("a.png", null, Coordinates.CENTERS, false));
    assertThat(job.trainings()).extracting(TrainingSettings::epochs).containsExactly(1, 2, 5);
    assertThat(job.trainings().get(2).learningRate()).isEqualTo(10);
    assertThat(job.ntks()).extracting(ntk -> ntk.points().count()).containsExactly(1024, 16, 64);
    assertThat(job.ntks()).extracting(ntk -> ntk.epochs().size()).containsExactly(0, 1, 1);
    assertThat(job.linalgs())
        .extracting(LinalgSettings::blas)
        .containsExactly(BlasChoice.NATIVE, BlasChoice.JAVA);
  }

  @Test
  void neverTakesAListByNatureAsAnAxis() {
    Job job =
        read(
            """
            name: lists
            signal: {type: imagenet, root: r, classes: [n1, n2], size: [null, 64]}
            encoding: {type: identity}
            seeds: 7
            artifacts: weights
            """);

    assertThat(job.signals())
        .containsExactly(
            new ImagenetSource(
                "r",
                Count.ALL,
                List.of("n1", "n2"),
                new Count(1),
                null,
                Coordinates.CENTERS,
                false),
            new ImagenetSource(
                "r", Count.ALL, List.of("n1", "n2"), new Count(1), 64, Coordinates.CENTERS, false));
    assertThat(job.seeds()).containsExactly(7L);
    assertThat(job.artifacts()).containsExactly(Artifact.WEIGHTS);
  }

  @Test
  void readsNumbersAsYamlWritesThem() {
    Job job =
        read(
            """
            name: numbers
            encoding: {type: multigrid, resolution: 0x40, init-std: 1e-2, growth: 2}
            training: {learning-rate: [.5, 1., 1E2, +3], epochs: 0}
            seeds: [-1, 9223372036854775807, 0o17]
            """);

    assertThat(job.encodings()).containsExactly(multigrid(2, 64));
    assertThat(job.trainings())
        .extracting(TrainingSettings::learningRate)
        .containsExactly(0.5, 1.0, 100.0, 3.0);
    assertThat(job.seeds()).containsExactly(-1L, Long.MAX_VALUE, 15L);
  }

  @Test
  void readsTextAfterAByteOrderMark() {
    assertThat(read("\uFEFFname: bom\nencoding: {type: identity}\n").name()).isEqualTo("bom");
  }

  @Test
  void readsABlockUnderAScalarKeyAsTheKeysThatBeginWithItsName() {
    Job nested =
        read(
            """
            name: edge
            encoding: {type: identity}
            training: {learning-rate: {of-limit: [0.1, 0.5]}}
            """);
    Job flat =
        read(
            """
            name: edge
            encoding: {type: identity}
            training: {learning-rate-of-limit: [0.1, 0.5]}
            """);

    assertThat(nested.trainings())
        .extracting(TrainingSettings::learningRateOfLimit)
        .containsExactly(0.1, 0.5);
    assertThat(nested).isEqualTo(flat);
    assertThat(read(nested.canonicalJson())).isEqualTo(nested);
  }
}
