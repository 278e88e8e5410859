package io.eigensweep.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A connection to Spark, and the one place that makes a session. Everything that correctness needs
 * is set here, so that a plain {@code spark-submit} without the wrapper's property files behaves
 * the same; what a cluster manager needs stands in {@code conf/}.
 */
public final class Cluster implements AutoCloseable {
  /** Classes, compiled code, threads, and the 300 MiB of the heap that Spark keeps. */
  private static final long JVM_BYTES = 512L << 20;

  /** Where Spark's processes look for the secret of their master. */
  private static final String SECRET = "_SPARK_AUTH_SECRET";

  /** Spark's default when nothing is set. */
  private static final long MIN_OVERHEAD_BYTES = 384L << 20;

  /** What tables are compressed with: see docs/decisions.md. */
  public static final String TABLE_CODEC = "lz4_raw";

  private static final long POLL_NANOS = 20_000_000;

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String PLAIN_LOCALE = "-Duser.language=en -Duser.country=US";

  private final SparkSession session;
  private final boolean lent;

  private Cluster(SparkSession session, boolean lent) {
    this.session = session;
    this.lent = lent;
  }

  /** Connects to run trials, with Spark's web page. */
  public static Cluster forSweep(String jobName) {
    // SweepDriver decides what is tried again, and how often.
    return open("eigensweep sweep " + jobName, new SparkConf().set("spark.task.maxFailures", "1"));
  }

  /** Connects to run trials and to read their results, all in this process. */
  static Cluster forStudies() {
    return open("eigensweep reproduce", queries(new SparkConf()));
  }

  /** Connects to read results, without a web page. */
  public static Cluster forQueries(String command) {
    Cluster cluster =
        open("eigensweep " + command, queries(new SparkConf()).set("spark.ui.enabled", "false"));
    cluster.quietenQueries();
    return cluster;
  }

  private static SparkConf queries(SparkConf conf) {
    return conf
        // Nothing is kept in a catalog. Spark makes the folder of its database in any case,
        // by default where the command was called; this one is there already.
        .set("spark.sql.catalogImplementation", "in-memory")
        .set(
            "spark.sql.warehouse.dir",
            java.nio.file.Path.of(System.getProperty("java.io.tmpdir")).toUri().toString())
        // Row files are small: pack by their bytes, not by Spark's guess of 4 MB for each.
        .set("spark.sql.files.openCostInBytes", "65536")
        // Groups are settings by epochs or ranks, some thousands; above this many Spark
        // sorts every row by its group first. The default is 128.
        .set("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "10000")
        // They are listed by path; a task for each would cost more than the listing.
        .set("spark.sql.sources.parallelPartitionDiscovery.parallelism", "64");
  }

  /**
   * What goes wrong in a query is thrown, and told once; Spark would log it from each task, too.
   */
  void quietenQueries() {
    if (!session.sparkContext().getConf().contains("spark.log.level")) {
      Logs.silence();
    }
  }

  /**
   * The Hadoop configuration of this submission without a connection: Hadoop's own files and every
   * {@code spark.hadoop.*} property.
   */
  public static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * Bytes, heap and native together, that a trial may take: of an executor its memory and overhead
   * without what the JVM and Spark need, shared by the trials that it runs at a time. Where nothing
   * is said of executors that is Spark's default for them, and with a local master, which has none,
   * this machine's memory, shared by {@code slots}.
   */
  public static long slotMemory(int slots) {
    return slotMemory(new SparkConf(), slots);
  }

  static long slotMemory(SparkConf conf, int slots) {
    if (isLocal(conf) && !conf.contains("spark.executor.memory")) {
      var system =
          (com.sun.management.OperatingSystemMXBean)
              java.lang.management.ManagementFactory.getOperatingSystemMXBean();
      return Math.max(0, system.getTotalMemorySize() - JVM_BYTES) / slots;
    }
    long heap = conf.getSizeAsBytes("spark.executor.memory", "1g");
    long overhead =
        conf.contains("spark.executor.memoryOverhead")
            ? conf.getSizeAsMb("spark.executor.memoryOverhead") << 20
            : Math.max(MIN_OVERHEAD_BYTES, heap / 10);
    int trials =
        Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
    return Math.max(0, heap + overhead - JVM_BYTES) / trials;
  }

  /** How many trials can run at the same time, as far as is known by now. */
  public int slots() {
    return session.sparkContext().defaultParallelism();
  }

  /** Cores of each executor that has registered by now. */
  public Map<String, Integer> executorCores() {
    if (isLocal()) {
      return Map.of("driver", slots());
    }
    int cores = session.sparkContext().getConf().getInt("spark.executor.cores", 1);
    Map<String, Integer> known = new HashMap<>();
    for (String id : CollectionConverters.asJava(session.sparkContext().getExecutorIds())) {
      known.put(id, cores);
    }
    return known;
  }

  /** Whether driver and trials are one process. */
  public boolean isLocal() {
    return session.sparkContext().isLocal();
  }

  static boolean isLocal(SparkConf conf) {
    String master = conf.get("spark.master", "local[*]");
    return master.equals("local") || master.startsWith("local[");
  }

  /** Whether it is connected and no task runs, now or before {@code patience} is over. */
  boolean isIdle(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!session.sparkContext().isStopped()) {
      boolean runs = false;
      for (SparkExecutorInfo executor : session.sparkContext().statusTracker().getExecutorInfos()) {
        runs |= executor.numRunningTasks() > 0;
      }
      if (!runs) {
        return true;
      } else if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return false;
  }

  /** The same connection for a user who does not end it by closing it. */
  Cluster lent() {
    return new Cluster(session, true);
  }

  /** The master's URL. */
  public String master() {
    return session.sparkContext().master();
  }

  public SparkSession session() {
    return session;
  }

  @Override
  public void close() {
    if (!lent) {
      session.stop();
    }
  }

  private static Cluster open(String appName, SparkConf conf) {
    conf.setMaster(conf.get("spark.master", "local[*]"));
    conf.setAppName(appName);
    // A column of a row must not depend on where its reader sits.
    // Sessions share nothing here that must be kept apart; with it, the compiler of a query's code
    // asks the driver over the network for each class that it guesses, which can time out.
    conf.set("spark.sql.artifact.isolation.enabled", "false");
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.set("spark.sql.datetime.java8API.enabled", "true");
    // A flipped bit in a row or a table is an error, not another number.
    conf.set("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    // A row has about a hundred columns; Spark would warn that it shortens them in its own logs.
    conf.setIfMissing("spark.sql.debug.maxToStringFields", "1000");
    // Codecs in Java: others bring a native library, which must be unpacked into the temporary
    // folder
    // and can't be loaded from there where nothing may be executed in it.
    conf.setIfMissing("spark.sql.parquet.compression.codec", TABLE_CODEC);
    conf.setIfMissing("spark.shuffle.mapStatus.compression.codec", "lz4");
    // Names of files have the digits of the locale of whoever writes them.
    String options = conf.get(EXECUTOR_OPTIONS, "");
    conf.set(EXECUTOR_OPTIONS, (options + " " + PLAIN_LOCALE).strip());
    // Progress is ours: Spark's bar would be drawn over it.
    conf.set("spark.ui.showConsoleProgress", "false");
    // A second copy of a trial costs a core for minutes and commits the same row.
    conf.set("spark.speculation", "false");
    // Pictures are small and trials long: any free core is the right one.
    conf.setIfMissing("spark.locality.wait", "0s");
    // Costs nothing where Spark makes the secret itself; a standalone master's must be given.
    if (!conf.get("spark.master").startsWith("spark://")) {
      conf.setIfMissing("spark.authenticate", "true");
      conf.setIfMissing("spark.network.crypto.enabled", "true");
    } else if (System.getenv(SECRET) != null) {
      // Spark's own processes look there, a driver doesn't; it hands it on in the environment, too.
      conf.setIfMissing("spark.authenticate.secret", System.getenv(SECRET));
    }
    // The page is for looking; whoever can open it should not end trials.
    conf.setIfMissing("spark.ui.killEnabled", "false");
    // A killed task that does not end is watched and reported.
    conf.setIfMissing("spark.task.reaper.enabled", "true");
    return new Cluster(SparkSession.builder().config(conf).getOrCreate(), false);
  }
}
