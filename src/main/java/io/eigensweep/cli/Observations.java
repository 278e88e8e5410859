package io.eigensweep.cli;

import io.eigensweep.plan.Observation;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What committed trials took, as a cost model is fitted to it. */
final class Observations {
  /** Beside those of {@code aggregate.TrialRow}. */
  static final Set<String> COLUMNS = Set.of("wall_seconds");

  /** Rows that a fit reads at most. */
  private static final int FITTED_ROWS = 500;

  private Observations() {}

  /** Those of {@code trials} that are {@code committed}, evenly chosen where there are many. */
  static List<Observation> read(
      ResultStore store, Map<TrialId, Trial> trials, Set<TrialId> committed) {
    List<TrialId> done = trials.keySet().stream().filter(committed::contains).toList();
    Map<TrialId, Trial> chosen = new LinkedHashMap<>();
    int count = Math.min(FITTED_ROWS, done.size());
    for (int i = 0; i < count; i++) {
      TrialId id = done.get((int) ((long) i * done.size() / count));
      chosen.put(id, Objects.requireNonNull(trials.get(id)));
    }
    return of(chosen.values(), CommittedRows.read(store, chosen.keySet(), COLUMNS));
  }

  /** Those of {@code rows} that ended well and are of one of {@code trials}. */
  static List<Observation> of(Collection<Trial> trials, List<Map<String, @Nullable Object>> rows) {
    Map<String, Trial> byId =
        trials.stream().collect(Collectors.toMap(trial -> trial.id().text(), Function.identity()));
    List<Observation> observations = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      Trial trial = byId.get(String.valueOf(row.get("trial_id")));
      if (trial != null
          && Status.SUCCEEDED.name().equals(row.get("status"))
          && row.get("train_seconds") instanceof Double train
          && row.get("ntk_seconds") instanceof Double ntk
          && row.get("wall_seconds") instanceof Double wall) {
        observations.add(new Observation(trial, train, ntk, wall));
      }
    }
    return observations;
  }
}
