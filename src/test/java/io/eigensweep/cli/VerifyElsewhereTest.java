package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.job.FrozenSweep;
import io.eigensweep.network.Parameters;
import io.eigensweep.plan.Grid;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Safetensors;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code verify} of a sweep whose process ran OpenBLAS with the kernels of the oldest x86-64
 * processor. (Where there is no such kernel both sides are alike, and the rows equal.)
 */
class VerifyElsewhereTest {
  private static final double ALTERED = 1.001;

  @TempDir static Path folder;
  private static Path out;
  private static TrialId id;
  private static Map<String, @Nullable Object> row;

  @BeforeAll
  static void sweep() throws IOException, InterruptedException {
    Path job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        name: elsewhere
        signal: {type: generated, kind: glyphs, index: 0, size: 24}
        encoding: {type: multigrid, levels: 2, features: 2, resolution: 12}
        network: {hidden-layers: 2, width: 48, activation: relu, parameterization: width}
        training: {learning-rate: 40, batch-size: 128, epochs: 40}
        ntk: {points: 36, epochs: [init, last]}
        artifacts: [weights]
        seeds: [0]
        """,
        StandardCharsets.UTF_8);
    out = folder.resolve("out");
    Path log = folder.resolve("log");
    int code =
        SeparateJvm.run(
            Map.of("OPENBLAS_CORETYPE", "Prescott"),
            "1g",
            log,
            "sweep",
            job.toString(),
            "--out",
            out.toString());
    assertThat(code).as(SeparateJvm.printed(log)).isZero();
    ResultStore store = new ResultStore(out.toUri(), new Configuration());
    id = store.committed().iterator().next();
    row = store.row(id);
  }

  private Path rowFile() {
    return out.resolve("trials/" + id + ".parquet");
  }

  private Program verify() {
    return Program.run("verify", "--out", out.toString());
  }

  /** Verifies with {@code bytes} in the place of {@code file}. */
  private Program verifyWith(Path file, byte[] bytes) throws IOException {
    byte[] honest = Files.readAllBytes(file);
    assertThat(bytes).isNotEqualTo(honest);
    // Hadoop's local file system keeps a checksum beside each file.
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, bytes);
    try {
      return verify();
    } finally {
      Files.write(file, honest);
    }
  }

  /** The file with {@code value} altered wherever it stands: rows are not compressed. */
  private static byte[] altered(Path file, double value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 8 <= bytes.length; at++) {
      if (buffer.getDouble(at) == value) {
        buffer.putDouble(at, ALTERED * value);
      }
    }
    return bytes;
  }

  @Test
  void anHonestRowAgrees() {
    Program verify = verify();

    assertThat(verify.code()).as(verify.out()).isZero();
    assertThat(verify.out()).contains("1 of 1 trials agree with their rows", " 0 different");
  }

  private static double number(Map<?, ?> values, String name) {
    return (Double) Objects.requireNonNull(values.get(name));
  }

  @Test
  void anAlteredPsnrIsFound() throws IOException {
    Program verify = verifyWith(rowFile(), altered(rowFile(), number(row, "psnr")));

    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.out()).contains("DIFFERENT: its row can't be used", "1 different");
  }

  @Test
  void anAlteredFirstSpectrumIsFound() throws IOException {
    Map<?, ?> spectrum = (Map<?, ?>) ((List<?>) Objects.requireNonNull(row.get("spectra"))).get(0);
    assertThat(spectrum.get("epoch")).isEqualTo(0);

    Program verify = verifyWith(rowFile(), altered(rowFile(), number(spectrum, "lambda_max")));

    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.out()).contains("DIFFERENT: its row can't be used", "1 different");
  }

  @Test
  void alteredWeightsAreFound() throws IOException {
    Path file = out.resolve("artifacts/" + id + "/weights.safetensors");
    Parameters stored = Safetensors.read(Files.readAllBytes(file));
    Stream.of(stored.weights(), stored.biases(), stored.grids())
        .flatMap(List::stream)
        .map(DMatrixRMaj::getData)
        .forEach(
            data -> {
              for (int i = 0; i < data.length; i++) {
                data[i] *= ALTERED;
              }
            });

    Program verify = verifyWith(file, Safetensors.write(stored, trial()));

    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.out()).contains("DIFFERENT in ");
  }

  private Trial trial() {
    ResultStore store = new ResultStore(out.toUri(), new Configuration());
    FrozenSweep sweep = FrozenSweep.read(store.readJob().orElseThrow());
    return Grid.expand(sweep.job(), sweep.signals()).trials().get(0);
  }
}
