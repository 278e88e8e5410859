package io.eigensweep;

import static io.eigensweep.StandaloneCluster.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.StandaloneCluster.Ended;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The submit scripts and the jar on a real standalone cluster of processes. */
@ExtendWith(StandaloneCluster.class)
class StandaloneClusterIT {
  @TempDir static Path folder;
  private static Path job;
  private static Map<TrialId, Map<String, @Nullable Object>> local = Map.of();

  @BeforeAll
  static void runLocally() throws Exception {
    job = folder.resolve("small job.yaml");
    Files.writeString(
        job,
        """
        name: small
        signal: {type: generated, kind: [dead-leaves, glyphs], size: 32}
        encoding:
          - {type: identity}
          - {type: fourier, levels: 3}
          - {type: multigrid, levels: 2, features: 2, resolution: 16}
        network: {width: 64}
        training: {learning-rate: 10, epochs: 5}
        ntk: {points: 64}
        """);
    Path out = folder.resolve("local");
    Ended sweep = script("eigensweep", "sweep", job.toString(), "--out", out.toString());
    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("6 of 6 trials committed: 6 SUCCEEDED");
    local = StoredRows.of(out);
    assertThat(local).hasSize(6);
    assertThat(local.values())
        .allSatisfy(row -> assertThat(row.get("blas")).asString().contains("openblas"));
  }

  @Test
  void theWrapperRunsOnTwoWorkers() throws Exception {
    Path out = folder.resolve("wrapper");

    Ended sweep =
        script(
            "eigensweep",
            "--profile",
            "standalone",
            "sweep",
            job.toString(),
            "--out",
            out.toString());

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("6 of 6 trials committed: 6 SUCCEEDED");
    assertThat(StoredRows.of(out)).isEqualTo(local);
    Set<String> onBoth = applications(1);
    onBoth.retainAll(applications(2));
    assertThat(onBoth).as("applications with an executor on each worker").isNotEmpty();
    Ended verified = script("eigensweep", "verify", "--out", out.toString(), "--sample", "5");
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.out().lines().filter(line -> line.endsWith("equal in every bit")))
        .hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anyNumberOfCoresGivesTheSameRows(int cores) throws Exception {
    Path out = folder.resolve("cores-" + cores);

    Ended sweep =
        script(
            "eigensweep",
            "--spark",
            "spark.master=local[" + cores + "]",
            "sweep",
            job.toString(),
            "--out",
            out.toString());

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(StoredRows.of(out)).isEqualTo(local);
  }

  @Test
  void plainSparkSubmitNeedsNoWrapperAndNoEnvironmentButTheSecret() throws Exception {
    Path out = folder.resolve("client");

    Ended sweep = StandaloneCluster.sparkSubmit("client", job, out);

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("6 of 6 trials committed: 6 SUCCEEDED");
    assertThat(sweep.err()).doesNotContain(" INFO ");
    assertThat(StoredRows.of(out)).isEqualTo(local);
  }

  @Test
  void theDriverMayRunOnTheCluster() throws Exception {
    Path out = folder.resolve("cluster");

    Ended sweep = StandaloneCluster.sparkSubmit("cluster", job, out);

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.err()).contains("is FINISHED");
    assertThat(StoredRows.of(out)).isEqualTo(local);
  }

  @Test
  void theSecretIsItsOwnersAlone() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(StandaloneCluster.secret())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(StandaloneCluster.secret())).matches("[0-9a-f]{64}");
  }

  @Test
  void wrongInputIsExitCodeTwoThroughTheWrapper() throws Exception {
    Ended sweep =
        script(
            "eigensweep",
            "sweep",
            job.toString(),
            "--out",
            folder.resolve("wrong").toString(),
            "--set",
            "network.width=0");

    assertThat(sweep.code()).isEqualTo(2);
    assertThat(sweep.out()).isEmpty();
    assertThat(sweep.err().lines().filter(line -> !line.startsWith("WARNING: Using incubator")))
        .singleElement()
        .asString()
        .contains("got 0");
  }

  /** The applications that had an executor on worker {@code number}. */
  private static Set<String> applications(int number) throws IOException {
    try (Stream<Path> work = Files.list(StandaloneCluster.work(number))) {
      return work.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("app-"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
