package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.result.ResultStore;
import io.eigensweep.result.RowFile;
import io.eigensweep.trial.TrialId;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The submit scripts and the jar on a real standalone cluster of processes: a master and two
 * workers of one core each.
 */
class StandaloneClusterIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path JAR = Path.of(System.getProperty("eigensweep.jar"));
  private static final Configuration CONF = new Configuration();

  /** Columns that say who computed a row, when and how fast. */
  private static final Set<String> CIRCUMSTANCES =
      Set.of(
          "train_seconds",
          "ntk_seconds",
          "wall_seconds",
          "seconds",
          "gflops",
          "started_at",
          "finished_at",
          "host",
          "attempt");

  /** What a process printed. */
  private record Ended(int code, String out, String err) {}

  @TempDir static Path folder;
  private static Path job;
  private static String master = "";
  private static Map<TrialId, Map<String, @Nullable Object>> local = Map.of();

  @BeforeAll
  static void startClusterAndRunLocally() throws Exception {
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
    Ended start = script("cluster.sh", "start");
    assertThat(start.code()).as(start.err()).isZero();
    master = start.out().strip();
    assertThat(master).startsWith("spark://127.0.0.1:");

    Path out = folder.resolve("local");
    Ended sweep = script("eigensweep", "sweep", job.toString(), "--out", out.toString());
    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("6 of 6 trials committed: 6 SUCCEEDED");
    local = rows(out);
    assertThat(local).hasSize(6);
    assertThat(local.values())
        .allSatisfy(row -> assertThat(row.get("blas")).asString().contains("openblas"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    Ended status = script("cluster.sh", "status");
    Ended stop = script("cluster.sh", "stop");

    // Nothing that the tests did has cost the cluster a process.
    assertThat(status.code()).as(status.out()).isZero();
    assertThat(status.out()).contains(master, "master", "worker-1", "worker-2");
    assertThat(stop.code()).isZero();
    assertThat(script("cluster.sh", "status").code()).isEqualTo(1);
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
    assertThat(rows(out)).isEqualTo(local);
    Set<String> onBoth = applications(1);
    onBoth.retainAll(applications(2));
    assertThat(onBoth).as("applications with an executor on each worker").isNotEmpty();
  }

  @Test
  void plainSparkSubmitNeedsNoWrapperAndNoEnvironment() throws Exception {
    Path out = folder.resolve("client");

    Ended sweep = sparkSubmit("client", out);

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.out()).contains("6 of 6 trials committed: 6 SUCCEEDED");
    assertThat(sweep.err()).doesNotContain(" INFO ");
    assertThat(rows(out)).isEqualTo(local);
  }

  @Test
  void theDriverMayRunOnTheCluster() throws Exception {
    Path out = folder.resolve("cluster");

    Ended sweep = sparkSubmit("cluster", out);

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(sweep.err()).contains("is FINISHED");
    assertThat(rows(out)).isEqualTo(local);
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

  /** What {@code spark-submit} runs, in an empty environment. */
  private static Ended sparkSubmit(String deployMode, Path out) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(moduleOptions());
    command.addAll(
        List.of(
            "-cp",
            HOME.resolve("target/spark/jars") + File.separator + "*",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            master,
            "--deploy-mode",
            deployMode,
            "--conf",
            "spark.standalone.submit.waitAppCompletion=true",
            "--conf",
            "spark.standalone.submit.pollInterval=1s",
            "--class",
            "io.eigensweep.cli.Main",
            JAR.toString(),
            "sweep",
            job.toString(),
            "--out",
            out.toString()));
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().clear();
    return run(process);
  }

  /** What bin/spark-submit adds; this JVM was started with the same. */
  private static List<String> moduleOptions() {
    return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("--add-opens")
                    || option.startsWith("--add-modules")
                    || option.startsWith("-XX:+Ignore"))
        .toList();
  }

  private static Ended script(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("submit-scripts/" + name).toString());
    command.addAll(List.of(arguments));
    // From another folder, as users do.
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().remove("SPARK_HOME");
    process.environment().put("EIGENSWEEP_CLUSTER", folder.resolve("cluster state").toString());
    process.environment().put("EIGENSWEEP_WORKER_MEMORY", "3g");
    return run(process);
  }

  private static Ended run(ProcessBuilder process) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process started = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!started.waitFor(5, TimeUnit.MINUTES)) {
      started.destroyForcibly();
      throw new AssertionError("still running: " + process.command() + Files.readString(err));
    }
    return new Ended(
        started.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** The rows in {@code out} without their circumstances. */
  private static Map<TrialId, Map<String, @Nullable Object>> rows(Path out) throws IOException {
    ResultStore store = new ResultStore(out.toUri(), CONF);
    Map<TrialId, Map<String, @Nullable Object>> rows = new TreeMap<>();
    for (TrialId id : store.committed()) {
      var file = new org.apache.hadoop.fs.Path(store.trialsFolder(), id + ".parquet");
      rows.put(id, withoutCircumstances(RowFile.read(file, CONF)));
    }
    return rows;
  }

  private static Map<String, @Nullable Object> withoutCircumstances(Map<?, ?> row) {
    Map<String, @Nullable Object> kept = new HashMap<>();
    row.forEach(
        (key, value) -> {
          if (!CIRCUMSTANCES.contains(String.valueOf(key))) {
            kept.put(String.valueOf(key), plain(value));
          }
        });
    return kept;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(StandaloneClusterIT::plain).toList();
    }
    return value instanceof Map<?, ?> map ? withoutCircumstances(map) : value;
  }

  /** The applications that had an executor on worker {@code number}. */
  private static Set<String> applications(int number) throws IOException {
    try (Stream<Path> work = Files.list(folder.resolve("cluster state/work-" + number))) {
      return work.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("app-"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
