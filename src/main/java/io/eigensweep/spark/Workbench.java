package io.eigensweep.spark;

import io.eigensweep.result.ResultStore;
import io.eigensweep.signal.PictureReader;
import io.eigensweep.signal.SignalReader;
import io.eigensweep.trial.Machine;
import io.eigensweep.trial.TrialRunner;
import io.eigensweep.trial.TrialSaves;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What an executor needs to run trials. It is broadcast, so that each executor opens its reader and
 * its store once and not once a trial.
 */
final class Workbench implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String out;
  private final SerializableConfiguration conf;
  private transient @Nullable ResultStore store;
  private transient @Nullable SignalReader signals;
  private transient @Nullable TrialRunner runner;
  private transient @Nullable Machine machine;

  Workbench(Path out, Configuration conf) {
    this.out = out.toString();
    this.conf = new SerializableConfiguration(conf);
  }

  /** The sweep's folder. */
  synchronized ResultStore store() {
    if (store == null) {
      store = new ResultStore(new Path(out), conf.value());
    }
    return store;
  }

  /** A reader of pictures. */
  synchronized SignalReader signals() {
    if (signals == null) {
      signals = new PictureReader(conf.value());
    }
    return signals;
  }

  /** A runner that reads pictures and leaves artifacts with this executor's own connections. */
  synchronized TrialRunner runner() {
    if (runner == null) {
      runner = new TrialRunner(signals(), store());
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
