package io.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final String UPDATES = "spark.ui.liveUpdate.period";

  private static final CountDownLatch STARTED = new CountDownLatch(1);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  @Test
  void keepsOneConnectionForCommandsThatFollowEachOther() {
    SparkContext context;
    try (Connections connections = Connections.keptWhereLocal()) {
      context = context(connections.forSweep("one"));
      assertThat(context(connections.forQueries("aggregate"))).isSameAs(context);
      assertThat(context(connections.forSweep("two"))).isSameAs(context);
      assertThat(context.isStopped()).isFalse();
    }
    assertThat(context.isStopped()).isTrue();
  }

  @Test
  void givesEachItsOwnWhereNoneIsKept() {
    try (Connections connections = Connections.ofEach()) {
      SparkContext context = context(connections.forQueries("aggregate"));
      assertThat(context.isStopped()).isTrue();
      assertThat(context(connections.forQueries("results"))).isNotSameAs(context);
    }
  }

  @Test
  void leavesTheOneWhereATaskDoesNotEnd() throws Exception {
    System.setProperty(UPDATES, "0"); // else what runs is counted some time after it began
    try (Connections connections = new Connections(true, Duration.ofMillis(1))) {
      SparkContext context = context(connections.forSweep("hangs"));
      JavaFutureAction<Void> unused =
          new JavaSparkContext(context)
              .parallelize(List.of(1), 1)
              .foreachAsync(
                  one -> {
                    STARTED.countDown();
                    RELEASED.await();
                  });
      STARTED.await();
      context.listenerBus().waitUntilEmpty();
      SparkContext next = context(connections.forSweep("next"));
      RELEASED.countDown();
      assertThat(next).isNotSameAs(context);
      assertThat(context.isStopped()).isTrue();
    } finally {
      System.clearProperty(UPDATES);
    }
  }

  /** Of a command that is over. */
  private static SparkContext context(Cluster cluster) {
    try (cluster) {
      return cluster.session().sparkContext();
    }
  }
}
