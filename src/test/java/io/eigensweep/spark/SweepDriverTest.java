package io.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.result.ResultStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepDriverTest {
  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void connect() {
    cluster = Cluster.forSweep("test");
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  private SweepSummary run(ResultStore store, List<PlannedTrial> trials, BooleanSupplier stop) {
    store.prepare();
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new SweepDriver(cluster, store, SweepOptions.DEFAULT).run(trials, stop, out, false);
  }

  private ResultStore store() {
    return new ResultStore(folder.resolve("out").toUri(), new Configuration());
  }

  /** A job costs the driver as much as a brief trial: 40 trials may not need 40 jobs. */
  @Test
  void briefTrialsShareJobs() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    SparkContext context = cluster.session().sparkContext();
    context.addSparkListener(counter);
    ResultStore store = store();
    SweepSummary summary = run(store, BriefTrials.of(40), () -> false);
    context.listenerBus().waitUntilEmpty();
    context.removeSparkListener(counter);

    assertThat(summary.ended()).isEqualTo(40);
    assertThat(store.committed()).hasSize(40);
    assertThat(jobs.get()).isBetween(1, 10);
  }

  /** The task of one trial fails, as its attempt can't be noted; its job ends with it. */
  @Test
  void theOthersOfAFailedJobRunAgain() throws Exception {
    List<PlannedTrial> trials = BriefTrials.of(12);
    ResultStore store = store();
    PlannedTrial culprit = trials.get(5);
    Path attempts = Files.createDirectories(folder.resolve("out/attempts"));
    Files.writeString(attempts.resolve(culprit.id().text()), "no folder");

    SweepSummary summary = run(store, trials, () -> store.committed().size() == 11);

    assertThat(summary.givenUp()).isZero();
    assertThat(store.committed()).hasSize(11).doesNotContain(culprit.id());
  }
}
