package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real standalone cluster of processes, a master and two workers of one core each, started by
 * {@code cluster.sh} once for all test classes that ask for it.
 */
final class StandaloneCluster implements BeforeAllCallback {
  static final Path HOME = Path.of("").toAbsolutePath();
  static final Path JAR = Path.of(System.getProperty("eigensweep.jar"));

  private static Path folder = Path.of("");
  private static String master = "";

  /** What a process printed. */
  record Ended(int code, String out, String err) {}

  /** A process that runs. */
  record Started(Process process, Path out, Path err) {

    /** Waits for its end; the limit is for what hangs, not for what is slow. */
    Ended await() throws IOException, InterruptedException {
      if (!process.waitFor(30, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Files.readString(err));
      }
      return new Ended(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    }
  }

  /** Stops the cluster when all tests have run. */
  private record Stop() implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        stop();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    private static void stop() throws IOException, InterruptedException {
      Ended status = script("cluster.sh", "status");
      Ended stop = script("cluster.sh", "stop");
      // Nothing that the tests did has cost the cluster a process.
      assertThat(status.code()).as(status.out()).isZero();
      assertThat(status.out()).contains(master, "master", "worker-1", "worker-2");
      assertThat(stop.code()).isZero();
      assertThat(script("cluster.sh", "status").code()).isEqualTo(1);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(StandaloneCluster.class));
    if (store.get("stop") == null) {
      folder = Files.createTempDirectory("eigensweep cluster");
      Ended start = script("cluster.sh", "start");
      assertThat(start.code()).as(start.err()).isZero();
      master = start.out().strip();
      assertThat(master).startsWith("spark://127.0.0.1:");
      store.put("stop", new Stop());
    }
  }

  /** The master's URL. */
  static String master() {
    return master;
  }

  /** The work folder of worker {@code number}. */
  static Path work(int number) {
    return folder.resolve("cluster state/work-" + number);
  }

  /** The file with the secret that the cluster's processes know each other by. */
  static Path secret() {
    return folder.resolve("cluster state/secret");
  }

  /** Runs a submit script to its end. */
  static Ended script(String name, String... arguments) throws IOException, InterruptedException {
    return start(scriptProcess(name, List.of(arguments))).await();
  }

  /** Starts a sweep on the cluster with small executors. */
  static Started sweep(Path job, Path out, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--profile", "standalone"));
    for (String property :
        List.of(
            "spark.executor.memory=640m",
            "spark.executor.memoryOverhead=384m",
            "spark.driver.memory=640m")) {
      arguments.addAll(List.of("--spark", property));
    }
    List<String> sweep = List.of(more);
    int properties = 0;
    while (properties < sweep.size() && sweep.get(properties).startsWith("spark.")) {
      arguments.addAll(List.of("--spark", sweep.get(properties)));
      properties++;
    }
    arguments.addAll(List.of("sweep", job.toString(), "--out", out.toString()));
    arguments.addAll(sweep.subList(properties, sweep.size()));
    return start(scriptProcess("eigensweep", arguments));
  }

  /** What {@code spark-submit} runs, in an environment that has the cluster's secret alone. */
  static Ended sparkSubmit(String deployMode, Path job, Path out) throws Exception {
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
            "--conf",
            "spark.authenticate=true",
            "--conf",
            "spark.network.crypto.enabled=true",
            "--class",
            "io.eigensweep.cli.Main",
            JAR.toString(),
            "sweep",
            job.toString(),
            "--out",
            out.toString()));
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().clear();
    process.environment().put("_SPARK_AUTH_SECRET", Files.readString(secret()));
    return start(process).await();
  }

  /** What bin/spark-submit adds; this JVM was started with the same. */
  private static List<String> moduleOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("--add-opens")
                    || option.startsWith("--add-modules")
                    || option.startsWith("-XX:+Ignore"))
        .toList();
  }

  private static ProcessBuilder scriptProcess(String name, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("submit-scripts/" + name).toString());
    command.addAll(arguments);
    // From another folder, as users do.
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().remove("SPARK_HOME");
    process.environment().put("EIGENSWEEP_CLUSTER", folder.resolve("cluster state").toString());
    process.environment().put("EIGENSWEEP_WORKER_MEMORY", "3g");
    return process;
  }

  private static Started start(ProcessBuilder process) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    return new Started(
        process.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }
}
