package io.eigensweep.spark;

import io.eigensweep.result.ResultStore;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.SignalReader;
import io.eigensweep.trial.Machine;
import io.eigensweep.trial.TrialRunner;
import io.eigensweep.trial.TrialSaves;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
final class Workbench implements Serializable {
  private static final long serialVersionUID = 1L;

  /** This JVM's workbenches by run: a task is new each time, connections should not be. */
  private static final Map<String, Workbench> OPEN = new ConcurrentHashMap<>();

  private final String run;
  private final String out;
  private final TreeMap<String, String> properties = new TreeMap<>();
  private transient @Nullable Configuration conf;
  private transient @Nullable ResultStore store;
  private transient @Nullable SignalReader signals;
  private transient @Nullable TrialRunner runner;
  private transient @Nullable Machine machine;

  /**
   * @param run the sweep's name, unique
   * @param out its folder
   * @param conf Hadoop's configuration at the driver
   */
  Workbench(String run, Path out, Configuration conf) {
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
    return OPEN.computeIfAbsent(run, name -> this);
  }

  private synchronized Configuration conf() {
    if (conf == null) {
      conf = new Configuration();
      properties.forEach(conf::set);
    }
    return conf;
  }

  /** The sweep's folder. */
  synchronized ResultStore store() {
    if (store == null) {
      store = new ResultStore(new Path(out), conf());
    }
    return store;
  }

  /** A reader of pictures. */
  synchronized SignalReader signals() {
    if (signals == null) {
      signals = new SignalFiles(conf());
    }
    return signals;
  }

  /** A runner that reads pictures and leaves artifacts with this executor's own connections. */
  synchronized TrialRunner runner() {
    if (runner == null) {
      runner = new TrialRunner(signals(), new PatientArtifacts(store()));
    }
    return runner;
  }

  /** This machine. */
  synchronized Machine machine() {
    if (machine == null) {
      machine = Machine.current();
    }
    return machine;
  }

  /** Where long trainings are saved. */
  TrialSaves saves() {
    return new TolerantSaves(store());
  }

  /** Spark's name for this executor. */
  String executor() {
    return SparkEnv.get().executorId();
  }
}
