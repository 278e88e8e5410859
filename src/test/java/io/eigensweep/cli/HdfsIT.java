package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose folder is on a real HDFS, the only datanode of which goes away for a while. */
class HdfsIT {
  private static final String JOB =
      """
      name: hdfs
      signal: {type: generated, kind: [dead-leaves, glyphs], size: 32}
      encoding:
        - {type: identity}
        - {type: fourier, levels: 3}
      network: {width: 32}
      training: {learning-rate: 10, epochs: EPOCHS}
      ntk: {points: 64}
      seeds: [0, 1, 2]
      artifacts: [weights]
      """;

  /** How many seconds the name node stays away after that has been noticed: for trials by hand. */
  private static final String OUTAGE = "eigensweep.outage";

  @TempDir Path folder;

  @Test
  void aRestartedDatanodeCostsNothing() throws Exception {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      hdfs.waitActive();
      // On a fast machine all is done before the datanode has gone; then the trials are longer.
      int epochs = 60;
      while (!outlivesTheDatanode(hdfs, conf, thread, epochs)) {
        epochs *= 4;
      }
    } finally {
      thread.shutdownNow();
      hdfs.shutdown();
    }
  }

  /** False when the sweep had ended before the datanode had. */
  private boolean outlivesTheDatanode(
      MiniDFSCluster hdfs, Configuration conf, ExecutorService thread, int epochs)
      throws Exception {
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"), JOB.replace("EPOCHS", Integer.toString(epochs)));
    String out = hdfs.getURI() + "/sweeps/night-" + epochs;
    CompletableFuture<Program> sweep =
        CompletableFuture.supplyAsync(
            () -> Program.run("sweep", job.toString(), "--out", out), thread);
    ResultStore store = new ResultStore(new org.apache.hadoop.fs.Path(out), conf);

    await(sweep, store, 2);
    MiniDFSCluster.DataNodeProperties datanode = hdfs.stopDataNode(0);
    boolean early = sweep.isDone();
    assertThat(hdfs.restartDataNode(datanode, true)).isTrue();
    hdfs.waitActive();
    Program ended = sweep.get(30, TimeUnit.MINUTES);
    if (early) {
      return false;
    }

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("12 of 12 trials committed: 12 SUCCEEDED");
    assertThat(store.committed()).hasSize(12);
    for (TrialId id : store.committed()) {
      assertThat(store.row(id)).containsEntry("trial_id", id.text());
    }
    assertThat(Program.run("sweep", job.toString(), "--out", out).out()).contains("nothing to do");
    assertThat(Program.run("aggregate", "--out", out).code()).isZero();
    return true;
  }

  /** Neither rows nor listings: the driver and its trials wait, and lose nothing. */
  @Test
  void aNameNodeThatIsAwayCostsNothing() throws Exception {
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB.replace("EPOCHS", "2000"));
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    System.setProperty("spark.hadoop.ipc.client.connect.max.retries", "1");
    try {
      hdfs.waitActive();
      String out = hdfs.getURI() + "/sweeps/night";
      CountDownLatch away = new CountDownLatch(1);
      ByteArrayOutputStream printed =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
              super.write(bytes, offset, length);
              if (toString(StandardCharsets.UTF_8).contains("storage is away")) {
                away.countDown();
              }
            }
          };
      PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
      String[] command = {"sweep", job.toString(), "--out", out};
      CompletableFuture<Integer> sweep =
          CompletableFuture.supplyAsync(() -> Main.run(command, stream, stream, false), thread);
      ResultStore store = new ResultStore(new org.apache.hadoop.fs.Path(out), conf);
      while (store.committed().size() < 2) {
        assertThat(sweep).isNotDone();
      }
      hdfs.shutdownNameNode(0);
      assertThat(away.await(4, TimeUnit.MINUTES)).isTrue();
      TimeUnit.SECONDS.sleep(Long.getLong(OUTAGE, 0));
      hdfs.restartNameNode(0);

      assertThat(sweep.get(4, TimeUnit.MINUTES)).isZero();
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("storage is back", "12 of 12 trials committed: 12 SUCCEEDED");
      assertThat(store.committed()).hasSize(12);
    } finally {
      System.clearProperty("spark.hadoop.ipc.client.connect.max.retries");
      thread.shutdownNow();
      hdfs.shutdown();
    }
  }

  private static void await(CompletableFuture<Program> sweep, ResultStore store, int rows)
      throws Exception {
    while (store.committed().size() < rows) {
      try {
        throw new AssertionError(sweep.get(50, TimeUnit.MILLISECONDS).err());
      } catch (TimeoutException e) {
        // it runs
      }
    }
  }
}
