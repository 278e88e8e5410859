package io.eigensweep.cli;

import io.eigensweep.job.FrozenSweep;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.signal.FileStamp;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Files that are not those of a sweep's rows any more. A trial is named after its file, not after
 * the folder around it or the bytes in it, so a sweep that goes on compares: a file that a listing
 * shows as it was, in the folder where it was, is the same; of any other one the content decides,
 * by the SHA-256 in a row of it. The next {@code job.json} holds what the listing shows now, so
 * that a file that was only copied or touched is read once.
 */
final class ReplacedFiles {
  private static final int SHOWN = 5;

  private final FrozenSweep earlier;
  private final FrozenSweep now;
  private final ResultStore store;
  private final SignalFiles files;

  /**
   * @param earlier the sweep in {@code store}
   * @param now as it is to go on
   */
  ReplacedFiles(FrozenSweep earlier, FrozenSweep now, ResultStore store, Configuration conf) {
    this.earlier = earlier;
    this.now = now;
    this.store = store;
    this.files = new SignalFiles(conf);
  }

  /**
   * Requires that the rows of {@code planned} are of the files that are there now.
   *
   * @throws UsageException with the files that are others
   */
  void check(Map<TrialId, Trial> planned) {
    Map<Signal, TrialId> rows = rowsOf(touched(), planned);
    List<String> replaced = new ArrayList<>();
    rows.forEach(
        (signal, id) -> {
          @Nullable Object then = store.row(id).get("signal_sha256");
          @Nullable String content = content(signal);
          if (then != null && content != null && !then.equals(content)) {
            replaced.add(CanonicalJson.full((Record) signal));
          }
        });
    if (!replaced.isEmpty()) {
      throw new UsageException(
          "the content of "
              + (replaced.size() == 1 ? "a file" : replaced.size() + " files")
              + " is another than in the rows of "
              + store.folder()
              + ": "
              + String.join(", ", replaced.subList(0, Math.min(SHOWN, replaced.size())))
              + (replaced.size() > SHOWN ? ", …" : "")
              + "; bring it back, or use another --out");
    }
  }

  /** The signals whose file may be another one. */
  private Set<Signal> touched() {
    Map<String, Signal> before = new HashMap<>();
    earlier.signals().forEach(signal -> before.put(identity(signal), signal));
    Map<Signal, Signal> touched = new LinkedHashMap<>();
    for (Signal signal : now.signals()) {
      @Nullable FileStamp stamp = now.stamps().get(signal);
      @Nullable Signal then = before.get(identity(signal));
      boolean same =
          then == null
              || stamp == null
              || (then.equals(signal) && stamp.equals(earlier.stamps().get(then)));
      if (!same) {
        touched.put(signal, signal);
      }
    }
    return touched.keySet();
  }

  /** A committed trial of each of {@code signals} that has one. */
  private Map<Signal, TrialId> rowsOf(Set<Signal> signals, Map<TrialId, Trial> planned) {
    Map<Signal, TrialId> rows = new LinkedHashMap<>();
    if (signals.isEmpty()) {
      return rows;
    }
    Set<TrialId> committed = store.committed();
    planned.forEach(
        (id, trial) -> {
          if (signals.contains(trial.signal()) && committed.contains(id)) {
            rows.putIfAbsent(trial.signal(), id);
          }
        });
    return rows;
  }

  /** Null where the file can't be read: its trials will tell. */
  private @Nullable String content(Signal signal) {
    try {
      return files.sha256(signal);
    } catch (IOException e) {
      return null;
    }
  }

  private static String identity(Signal signal) {
    return CanonicalJson.identity((Record) signal);
  }
}
