package io.eigensweep.spark;

import io.eigensweep.result.ResultStore;
import io.eigensweep.signal.PictureReader;
import io.eigensweep.trial.TrialRunner;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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
  private transient @Nullable TrialRunner runner;

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

  /** A runner that reads pictures and leaves artifacts with this executor's own connections. */
  synchronized TrialRunner runner() {
    if (runner == null) {
      runner = new TrialRunner(new PictureReader(conf.value()), store());
    }
    return runner;
  }
}
