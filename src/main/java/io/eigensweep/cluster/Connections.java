package io.eigensweep.cluster;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/**
 * Where commands that run one after the other take their connection to Spark from: each has its
 * own, or, where driver and trials are one process, all have the same. On a cluster they differ in
 * what executors are for, and a connection that is kept would keep executors that nobody needs.
 */
public final class Connections implements AutoCloseable {
  /** How long Spark's count of running tasks may lag behind, and a trial take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final boolean kept;
  private final Duration patience;
  private @Nullable Cluster open;

  Connections(boolean kept, Duration patience) {
    this.kept = kept;
    this.patience = patience;
  }

  /** A connection of its own for each command. */
  public static Connections ofEach() {
    return new Connections(false, PATIENCE);
  }

  /** One for all commands where trials run in this process, else as {@link #ofEach}. */
  public static Connections keptWhereLocal() {
    return new Connections(Cluster.isLocal(new SparkConf()), PATIENCE);
  }

  /** See {@link Cluster#forSweep}. */
  public Cluster forSweep(String jobName) {
    return kept ? lent() : Cluster.forSweep(jobName);
  }

  /** See {@link Cluster#forQueries}. */
  public Cluster forQueries(String command) {
    if (!kept) {
      return Cluster.forQueries(command);
    }
    Cluster cluster = lent();
    cluster.quietenQueries();
    return cluster;
  }

  /** The open connection; a new one where a task of an earlier command does not end. */
  private Cluster lent() {
    if (open != null && !open.isIdle(patience)) {
      open.close();
      open = null;
    }
    if (open == null) {
      open = Cluster.forStudies();
    }
    return open.lent();
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
