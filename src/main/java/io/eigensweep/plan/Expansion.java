package io.eigensweep.plan;

import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trials of a job, each once.
 *
 * @param byId in the order of the grid: signal slowest, seed fastest. Who asks many trials for
 *     their ids finds them here: a trial computes its id anew each time
 * @param excluded how many points of the grid the job leaves out
 * @param duplicates how many points were the same trial as an earlier one
 * @param notes one line each for what the user should know
 */
public record Expansion(
    Map<TrialId, Trial> byId, int excluded, int duplicates, List<String> notes) {
  public Expansion {
    byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    notes = List.copyOf(notes);
  }

  /** The trials, in this order. */
  public List<Trial> trials() {
    return List.copyOf(byId.values());
  }

  /** Those that are not {@code done}. */
  public List<Trial> without(Set<TrialId> done) {
    return byId.entrySet().stream()
        .filter(trial -> !done.contains(trial.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
