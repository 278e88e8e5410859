package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.StandaloneCluster.Ended;
import io.eigensweep.StandaloneCluster.Started;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wrapper's profile for YARN, on a resource manager and a node manager in this JVM. */
class YarnIT {
  @TempDir static Path folder;
  private static MiniYARNCluster yarn;

  @BeforeAll
  static void startYarn() throws Exception {
    YarnConfiguration conf = new YarnConfiguration();
    conf.set("yarn.scheduler.minimum-allocation-mb", "256");
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    // The share of the memory that drivers may take: small clusters need more than a tenth.
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.5");
    // The disk of a build machine may be nearly full.
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    yarn = new MiniYARNCluster("eigensweep", 1, 1, 1);
    yarn.init(conf);
    yarn.start();
    assertThat(yarn.waitForNodeManagersToConnect(600_000)).isTrue();
    Path settings = Files.createDirectories(folder.resolve("hadoop"));
    try (OutputStream out = Files.newOutputStream(settings.resolve("yarn-site.xml"))) {
      yarn.getConfig().writeXml(out);
    }
  }

  @AfterAll
  static void stopYarn() {
    yarn.stop();
    assertThat(FileUtil.fullyDelete(yarn.getTestWorkDir())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void aSweepRunsWithItsDriverHereOrThere(String deployMode) throws Exception {
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            """
            name: small
            signal: {type: generated, kind: [dead-leaves, glyphs], size: 32}
            encoding: {type: fourier, levels: 3}
            network: {width: 32}
            training: {learning-rate: 10, epochs: 5}
            ntk: {points: 64}
            """);
    Path out = folder.resolve(deployMode);

    Ended sweep =
        sweep(
            job,
            out,
            "spark.submit.deployMode=" + deployMode,
            "spark.yarn.stagingDir=" + folder.resolve("staging").toUri(),
            // What is on every machine need not be uploaded.
            "spark.yarn.jars=local:" + StandaloneCluster.HOME.resolve("target/spark/jars/*"),
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=384m",
            "spark.driver.memory=512m");

    assertThat(sweep.code()).as(sweep.err()).isZero();
    assertThat(StoredRows.of(out))
        .hasSize(2)
        .allSatisfy((id, row) -> assertThat(row).containsEntry("status", "SUCCEEDED"));
  }

  private static Ended sweep(Path job, Path out, String... properties) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(StandaloneCluster.HOME.resolve("submit-scripts/eigensweep").toString());
    command.addAll(List.of("--profile", "yarn"));
    for (String property : properties) {
      command.addAll(List.of("--spark", property));
    }
    command.addAll(List.of("sweep", job.toString(), "--out", out.toString()));
    Path printed = Files.createTempFile(folder, "out", ".txt");
    Path told = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder process =
        new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(told.toFile());
    process.environment().remove("SPARK_HOME");
    process.environment().put("HADOOP_CONF_DIR", folder.resolve("hadoop").toString());
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new Started(process.start(), printed, told).await();
  }
}
