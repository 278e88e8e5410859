package io.eigensweep.aggregate;

import io.eigensweep.measure.Measure;
import io.eigensweep.trial.TrialResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which of several settings is called best. A mean over the trials that a setting survived rewards
 * divergence on difficult pictures. So only those settings compete that lost the smallest share of
 * their trials, where a trial is lost when it did not succeed and another setting's did with the
 * same picture and seed; and they are ranked by the pictures and seeds on which all of them have
 * succeeded, or, where there are none, by all of their own.
 */
final class Ranking {
  private final Map<Group, Double> lost = new HashMap<>();

  /** Of {@code groups}, to which no trial is added afterwards. */
  Ranking(Collection<Group> groups) {
    Set<Group.Key> solved = new HashSet<>();
    groups.forEach(group -> solved.addAll(group.solved()));
    groups.forEach(group -> lost.put(group, group.lost(solved)));
  }

  /** The share of the trials of {@code group} that it lost. */
  double lost(Group group) {
    return Objects.requireNonNull(lost.get(group));
  }

  /** Those of {@code candidates} with the smallest share of lost trials. */
  static <T> List<T> competing(Collection<T> candidates, ToDoubleFunction<T> lost) {
    double least = candidates.stream().mapToDouble(lost).min().orElse(0);
    return candidates.stream().filter(candidate -> lost.applyAsDouble(candidate) == least).toList();
  }

  /** The best of {@code candidates} by mean {@code measure}; the first among equals. */
  @Nullable Group best(List<Group> candidates, Measure<TrialResult, Double> measure) {
    List<Group> competing =
        competing(
            candidates.stream().filter(group -> !group.measured(measure).isEmpty()).toList(),
            this::lost);
    Set<Group.Key> shared = shared(competing, measure);
    Group best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Group candidate : competing) {
      double mean =
          candidate.mean(measure, shared.isEmpty() ? candidate.measured(measure) : shared);
      if (mean > highest) {
        best = candidate;
        highest = mean;
      }
    }
    return best;
  }

  /** On which all of {@code groups} have a value. */
  private static Set<Group.Key> shared(List<Group> groups, Measure<TrialResult, Double> measure) {
    Set<Group.Key> shared = new HashSet<>();
    for (int i = 0; i < groups.size(); i++) {
      if (i == 0) {
        shared.addAll(groups.get(0).measured(measure));
      } else {
        shared.retainAll(groups.get(i).measured(measure));
      }
    }
    return shared;
  }
}
