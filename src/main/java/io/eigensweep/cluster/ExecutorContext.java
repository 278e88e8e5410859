package io.eigensweep.cluster;

import io.eigensweep.files.HadoopPaths;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.SignalReader;
import io.eigensweep.store.ProcessMark;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Machine;
import io.eigensweep.trial.TrialRunner;
import io.eigensweep.trial.TrialSaves;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * What an executor needs to run trials. It travels with each task as a few values, and becomes one
 * object for each JVM and sweep, which opens its reader and its store once.
 *
 * <p>It is no broadcast: executors fetch broadcasts from each other, and one that is frozen would
 * hold up all that start after it, for as long as Spark's network timeout.
 */
public final class ExecutorContext implements Serializable {
  private static final long serialVersionUID = 1L;

  /** This JVM's context: a task is new each time, connections should not be. */
  private static final AtomicReference<@Nullable ExecutorContext> OPEN = new AtomicReference<>();

  private final String run;
  private final String out;
  private final StorageBackoff backoff;
  private final TreeMap<String, String> properties = new TreeMap<>();
  private transient @Nullable Configuration conf;
  private transient @Nullable ResultStore store;
  private transient @Nullable SignalReader signals;
  private transient @Nullable TrialRunner runner;
  private transient @Nullable Machine machine;
  private transient @Nullable ProcessMark process;

  /**
   * @param run the sweep's name, unique
   * @param out its folder
   * @param conf Hadoop's configuration at the driver
   * @param backoff how long it waits for storage
   */
  public ExecutorContext(String run, Path out, Configuration conf, StorageBackoff backoff) {
    this.backoff = backoff;
    this.run = run;
    this.out = out.toString();
    for (Map.Entry<String, String> property : conf) {
      if (!isDefault(conf, property.getKey())) {
        properties.put(property.getKey(), property.getValue());
      }
    }
  }

  /** Every JVM has Hadoop's own defaults; what was set on top of them travels. */
  private static boolean isDefault(Configuration conf, String key) {
    String @Nullable [] sources = conf.getPropertySources(key);
    return sources != null
        && sources.length > 0
        && sources[sources.length - 1].endsWith("-default.xml");
  }

  private Object readResolve() {
    return OPEN.updateAndGet(open -> open != null && open.run.equals(run) ? open : this);
  }

  /** The driver's configuration of Hadoop. */
  public synchronized Configuration conf() {
    if (conf == null) {
      conf = new Configuration();
      properties.forEach(conf::set);
    }
    return conf;
  }

  /** The sweep's folder. */
  public synchronized ResultStore store() {
    if (store == null) {
      store = new ResultStore(HadoopPaths.of(out), conf());
    }
    return store;
  }

  /** A reader of pictures. */
  public synchronized SignalReader signals() {
    if (signals == null) {
      signals = new SignalFiles(conf());
    }
    return signals;
  }

  /** A runner that reads pictures and leaves artifacts with this executor's own connections. */
  public synchronized TrialRunner runner() {
    if (runner == null) {
      runner =
          new TrialRunner(
              new RetryingSignals(signals(), backoff.brief()),
              new RetryingArtifacts(store(), backoff));
    }
    return runner;
  }

  /** How long it waits for storage. */
  public StorageBackoff backoff() {
    return backoff;
  }

  /** This machine. */
  public synchronized Machine machine() {
    if (machine == null) {
      machine = Machine.current();
    }
    return machine;
  }

  /** Where long trainings are saved. */
  public TrialSaves saves() {
    return new BestEffortSaves(store(), backoff);
  }

  /** Where this is. */
  public Place place() {
    return new Place(machine().host(), SparkEnv.get().executorId());
  }

  /** This process. */
  public synchronized ProcessMark process() {
    if (process == null) {
      process = ProcessMark.current();
    }
    return process;
  }
}
