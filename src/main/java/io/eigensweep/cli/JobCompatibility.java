package io.eigensweep.cli;

import io.eigensweep.job.FrozenSweep;
import io.eigensweep.plan.Grid;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sweep may grow under its folder, but not change: what an earlier job planned must still be
 * planned, or its rows would be mixed with those of another study.
 */
final class JobCompatibility {
  private static final int SHOWN = 5;

  private JobCompatibility() {}

  /**
   * Requires that every trial of {@code earlier} is among {@code planned}.
   *
   * @throws UsageException with the difference, when one is not
   */
  static void check(FrozenSweep earlier, Map<TrialId, Trial> planned, ResultStore store) {
    if (earlier.numerics() != Numerics.VERSION) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the sweep in %s has numerics version %d, this program has %d: the same trial gives"
                  + " other numbers; use another --out",
              store.folder(),
              earlier.numerics(),
              Numerics.VERSION));
    }
    List<Trial> gone = Grid.expand(earlier.job(), earlier.signals()).without(planned.keySet());
    if (!gone.isEmpty()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%d trials of the earlier job in %s are not in this one: %s; a sweep may only grow,"
                  + " use another --out",
              gone.size(),
              store.folder(),
              difference(gone, planned.values())));
    }
  }

  /** The values that only the {@code gone} trials have, or else some of their ids. */
  private static String difference(List<Trial> gone, Collection<Trial> planned) {
    Map<String, Set<@Nullable Object>> before = values(gone);
    Map<String, Set<@Nullable Object>> now = values(planned);
    Set<String> words = new LinkedHashSet<>();
    before.forEach(
        (column, values) ->
            values.stream()
                .filter(value -> !now.getOrDefault(column, Set.of()).contains(value))
                .limit(SHOWN)
                .forEach(
                    value -> words.add(column + " " + Objects.requireNonNullElse(value, "NULL"))));
    return words.isEmpty()
        ? gone.stream()
            .limit(SHOWN)
            .map(trial -> trial.id().text())
            .collect(Collectors.joining(", ", "", gone.size() > SHOWN ? ", …" : ""))
        : String.join(", ", words);
  }

  private static Map<String, Set<@Nullable Object>> values(Collection<Trial> trials) {
    Map<String, Set<@Nullable Object>> values = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Hyperparameters.values(trial)
          .forEach(
              (column, value) ->
                  values.computeIfAbsent(column, name -> new LinkedHashSet<>()).add(value));
    }
    return values;
  }
}
