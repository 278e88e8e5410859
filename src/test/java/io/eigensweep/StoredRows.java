package io.eigensweep;

import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Rows of a sweep's folder without what says who computed them, when and how fast. */
final class StoredRows {
  private static final Set<String> CIRCUMSTANCES =
      Set.of(
          "train_seconds",
          "ntk_seconds",
          "wall_seconds",
          "seconds",
          "gflops",
          "started_at",
          "finished_at",
          "host",
          "attempt");

  private StoredRows() {}

  static ResultStore store(Path out) {
    return new ResultStore(out.toUri(), new Configuration());
  }

  static Map<TrialId, Map<String, @Nullable Object>> of(Path out) {
    ResultStore store = store(out);
    Map<TrialId, Map<String, @Nullable Object>> rows = new TreeMap<>();
    store.committed().forEach(id -> rows.put(id, withoutCircumstances(store.row(id))));
    return rows;
  }

  private static Map<String, @Nullable Object> withoutCircumstances(Map<?, ?> row) {
    Map<String, @Nullable Object> kept = new HashMap<>();
    row.forEach(
        (key, value) -> {
          if (!CIRCUMSTANCES.contains(String.valueOf(key))) {
            kept.put(String.valueOf(key), plain(value));
          }
        });
    return kept;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(StoredRows::plain).toList();
    }
    return value instanceof Map<?, ?> map ? withoutCircumstances(map) : value;
  }
}
