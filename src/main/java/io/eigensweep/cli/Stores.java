package io.eigensweep.cli;

import io.eigensweep.files.HadoopPaths;
import io.eigensweep.store.ResultStore;
import org.apache.hadoop.conf.Configuration;

/** What {@code --out} names. */
final class Stores {
  private Stores() {}

  /** The store in {@code folder}, which need not exist. */
  static ResultStore of(String folder, Configuration conf) {
    try {
      return new ResultStore(HadoopPaths.of(folder), conf);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--out must be a path or a URI, got \"" + folder + "\": " + e.getMessage());
    }
  }

  /** The store of the sweep in {@code folder}. */
  static ResultStore existing(String folder, Configuration conf) {
    ResultStore store = of(folder, conf);
    if (store.readJob().isEmpty()) {
      throw new UsageException("there is no sweep in " + store.folder() + " (no job.json)");
    }
    return store;
  }
}
