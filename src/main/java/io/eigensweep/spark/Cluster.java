package io.eigensweep.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * A connection to Spark, and the one place that makes a session. Everything that correctness needs
 * is set here, so that a plain {@code spark-submit} without the wrapper's property files behaves
 * the same; what a cluster manager needs stands in {@code conf/}.
 */
public final class Cluster implements AutoCloseable {
  /** In local mode Spark gives a task one attempt unless the master's name asks for more. */
  private static final String LOCAL_ATTEMPTS = "4";

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
    conf.setMaster(withAttempts(conf.get("spark.master", "local[*]")));
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
    // Attempts count executor deaths and lost storage too; a sweep must outlive a bad hour.
    conf.setIfMissing("spark.task.maxFailures", "8");
    // A killed task that does not end is watched and reported.
    conf.setIfMissing("spark.task.reaper.enabled", "true");
    return new Cluster(SparkSession.builder().config(conf).getOrCreate());
  }

  /** {@code local[*]} → {@code local[*,4]}; other masters and explicit attempts as they are. */
  static String withAttempts(String master) {
    if (master.equals("local")) {
      return "local[1," + LOCAL_ATTEMPTS + "]";
    }
    return master.matches("local\\[(\\*|[0-9]+)\\]")
        ? master.substring(0, master.length() - 1) + "," + LOCAL_ATTEMPTS + "]"
        : master;
  }
}
