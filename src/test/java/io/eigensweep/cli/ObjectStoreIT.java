package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.result.SampleResults;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose folder is in an object store: S3Proxy as a process, and Hadoop's S3A. */
class ObjectStoreIT {
  private static final String JOB =
      """
      name: objects
      signal: {type: generated, kind: [dead-leaves, glyphs], size: 32}
      encoding: {type: fourier, levels: 3}
      network: {width: 32}
      training: {learning-rate: 10, epochs: 20}
      ntk: {points: 64}
      seeds: [0, 1]
      artifacts: [weights]
      """;

  private static final String BUCKET = "s3a://bucket";

  @TempDir static Path folder;
  private static @Nullable Process proxy;
  private static Map<String, String> properties = Map.of();

  @BeforeAll
  static void startTheStore() throws Exception {
    // Another process may take the port before the store does.
    int port = start(3);
    properties =
        Map.of(
            "fs.s3a.endpoint", "http://127.0.0.1:" + port,
            "fs.s3a.endpoint.region", "us-east-1",
            "fs.s3a.path.style.access", "true",
            // The default reads ahead with one more library.
            "fs.s3a.input.stream.type", "classic",
            "fs.s3a.access.key", "nobody",
            "fs.s3a.secret.key", "nothing");
    // As --spark spark.hadoop.….
    properties.forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
    makeBucket(port);
  }

  /** Starts the store on a free port and gives it back. */
  private static int start(int tries) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path settings =
        Files.write(
            folder.resolve("s3proxy.properties"),
            List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=none",
                "jclouds.provider=transient-nio2",
                "jclouds.identity=nobody",
                "jclouds.credential=nothing"));
    Path log = folder.resolve("s3proxy.log");
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("eigensweep.s3proxy"),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    proxy = started;
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10); // for what hangs
    while (!accepts(port)) {
      assertThat(System.nanoTime() - deadline).as(log.toString()).isNegative();
      if (started.waitFor(50, TimeUnit.MILLISECONDS)) {
        if (tries > 1) {
          return start(tries - 1);
        }
        throw new AssertionError(Files.readString(log));
      }
    }
    return port;
  }

  @AfterAll
  static void stopTheStore() {
    properties.keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    if (proxy != null) {
      proxy.destroy();
    }
  }

  @Test
  void aSweepGoesOnWhereItWasAndIsAggregated() throws IOException {
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB);
    String out = BUCKET + "/sweeps/night";
    ResultStore store = new ResultStore(new org.apache.hadoop.fs.Path(out), conf());

    Program half = Program.run("sweep", job.toString(), "--out", out, "--set", "seeds=0");
    Set<TrialId> before = store.committed();
    Program whole = Program.run("sweep", job.toString(), "--out", out);

    assertThat(half.code()).as(half.err()).isZero();
    assertThat(before).hasSize(2);
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(whole.err()).contains("2 of 4 trials to run");
    assertThat(whole.out()).contains("4 of 4 trials committed: 4 SUCCEEDED");
    assertThat(store.committed()).hasSize(4).containsAll(before);
    for (TrialId id : store.committed()) {
      assertThat(store.row(id)).containsEntry("trial_id", id.text());
      assertThat(store.artifact(id, "weights.safetensors")).isPresent();
    }
    Program tables = Program.run("aggregate", "--out", out);
    assertThat(tables.code()).as(tables.err()).isZero();
    assertThat(
            Program.run("sql", "--out", out, "--format", "csv", "SELECT count(*) n FROM trials")
                .out()
                .lines())
        .containsExactly("n", "4");
  }

  @Test
  void ofManyWritersTheStoreLetsOnePass() throws Exception {
    String out = BUCKET + "/sweeps/race";
    int writers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int seed = 0; seed < 5; seed++) {
        TrialResult result =
            SampleResults.failed(
                SampleResults.trial(SampleResults.generated(0), SampleResults.IDENTITY, 10, seed),
                "whoever");
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          ResultStore own = new ResultStore(new org.apache.hadoop.fs.Path(out), conf());
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await();
                    return own.commit(result);
                  }));
        }
        int wins = 0;
        for (Future<Boolean> outcome : outcomes) {
          wins += outcome.get() ? 1 : 0;
        }
        assertThat(wins).isEqualTo(1);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(new ResultStore(new org.apache.hadoop.fs.Path(out), conf()).committed()).hasSize(5);
  }

  private static Configuration conf() {
    Configuration conf = new Configuration();
    properties.forEach(conf::set);
    return conf;
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static void makeBucket(int port) throws IOException, InterruptedException {
    java.net.http.HttpRequest put =
        java.net.http.HttpRequest.newBuilder(
                java.net.URI.create("http://127.0.0.1:" + port + "/bucket"))
            .PUT(java.net.http.HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(
            java.net.http.HttpClient.newHttpClient()
                .send(put, java.net.http.HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }
}
