package io.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a connection knows before it is made. */
class ClusterTest {
  private static SparkConf conf(String... properties) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < properties.length; i += 2) {
      conf.set(properties[i], properties[i + 1]);
    }
    return conf;
  }

  @Test
  void judgesARemoteMastersTrialsByItsExecutorsNotByThisMachine() {
    long jvm = 512L << 20;
    assertThat(Cluster.slotMemory(conf("spark.master", "spark://host:7077"), 64))
        .isEqualTo((1024L << 20) + (384L << 20) - jvm);
    assertThat(
            Cluster.slotMemory(
                conf(
                    "spark.master",
                    "yarn",
                    "spark.executor.memory",
                    "4g",
                    "spark.executor.memoryOverhead",
                    "2g",
                    "spark.executor.cores",
                    "2"),
                64))
        .isEqualTo(((6L << 30) - jvm) / 2);
  }

  @Test
  void judgesLocalTrialsByThisMachineUnlessExecutorsAreDescribed() {
    long one = Cluster.slotMemory(conf("spark.master", "local[*]"), 1);
    assertThat(Cluster.slotMemory(conf(), 4)).isBetween(one / 4 - 1, one / 4);
    assertThat(
            Cluster.slotMemory(conf("spark.master", "local[*]", "spark.executor.memory", "2g"), 4))
        .isEqualTo((2L << 30) + (384L << 20) - (512L << 20));
  }

  @Test
  void queriesAskTheDriverForNoClasses() {
    try (Cluster cluster = Cluster.forQueries("test")) {
      List<String> loaders =
          SparkSession.active()
              .range(1)
              .map((MapFunction<Long, String>) row -> loaders(), Encoders.STRING())
              .collectAsList();
      assertThat(cluster).isNotNull();
      assertThat(loaders).hasSize(1).allMatch(names -> !names.contains("ExecutorClassLoader"));
    }
  }

  private static String loaders() {
    StringBuilder names = new StringBuilder();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (; loader != null; loader = loader.getParent()) {
      names.append(loader.getClass().getName()).append(' ');
    }
    return names.toString();
  }
}
