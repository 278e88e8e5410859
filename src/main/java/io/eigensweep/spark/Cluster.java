package io.eigensweep.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A connection to Spark, and the one place that makes a session. Everything that correctness needs
 * is set here, so that a plain {@code spark-submit} without the wrapper's property files behaves
 * the same; what a cluster manager needs stands in {@code conf/}.
 */
public final class Cluster implements AutoCloseable {
  private final SparkSession session;

  private Cluster(SparkSession session) {
    this.session = session;
  }

  /** Connects to run trials, with Spark's web page. */
  public static Cluster forSweep(String jobName) {
    return open("eigensweep sweep " + jobName, new SparkConf());
  }

  /** Connects to read results, without a web page. */
  public static Cluster forQueries(String command) {
    Cluster cluster =
        open("eigensweep " + command, new SparkConf().set("spark.ui.enabled", "false"));
    // What goes wrong in a query is thrown, and told once; Spark would log it from each task, too.
    if (!cluster.session.sparkContext().getConf().contains("spark.log.level")) {
      cluster.session.sparkContext().setLogLevel("OFF");
    }
    return cluster;
  }

  /**
   * The Hadoop configuration of this submission without a connection: Hadoop's own files and every
   * {@code spark.hadoop.*} property.
   */
  public static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /** How many trials can run at the same time, as far as is known by now. */
  public int slots() {
    return session.sparkContext().defaultParallelism();
  }

  /** Cores of each executor that has registered by now. */
  Map<String, Integer> executorCores() {
    if (master().startsWith("local")) {
      return Map.of("driver", slots());
    }
    int cores = session.sparkContext().getConf().getInt("spark.executor.cores", 1);
    Map<String, Integer> known = new HashMap<>();
    for (String id : CollectionConverters.asJava(session.sparkContext().getExecutorIds())) {
      known.put(id, cores);
    }
    return known;
  }

  /** The master's URL. */
  public String master() {
    return session.sparkContext().master();
  }

  SparkSession session() {
    return session;
  }

  @Override
  public void close() {
    session.stop();
  }

  private static Cluster open(String appName, SparkConf conf) {
    conf.setMaster(conf.get("spark.master", "local[*]"));
    conf.setAppName(appName);
    // A column of a row must not depend on where its reader sits.
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.set("spark.sql.datetime.java8API.enabled", "true");
    // A row has about a hundred columns; Spark would warn that it shortens them in its own logs.
    conf.setIfMissing("spark.sql.debug.maxToStringFields", "1000");
    // Progress is ours: Spark's bar would be drawn over it.
    conf.set("spark.ui.showConsoleProgress", "false");
    // A second copy of a trial costs a core for minutes and commits the same row.
    conf.set("spark.speculation", "false");
    // Pictures are small and trials long: any free core is the right one.
    conf.setIfMissing("spark.locality.wait", "0s");
    // Each trial is a job, and SweepDriver decides what is tried again, and how often.
    conf.set("spark.task.maxFailures", "1");
    // A killed task that does not end is watched and reported.
    conf.setIfMissing("spark.task.reaper.enabled", "true");
    return new Cluster(SparkSession.builder().config(conf).getOrCreate());
  }
}
