package io.eigensweep.aggregate;

import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Summary.Population;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The trials of one setting. */
final class Group {
  /** What a pair has in common. */
  record Key(Picture picture, long seed) {
    /** A trial that died before it had its picture knows no content of it. */
    Key withoutContent() {
      return new Key(
          new Picture(picture.kind(), picture.label(), picture.id(), picture.size(), null), seed);
    }
  }

  /** Two succeeded trials on the same picture with the same seed. */
  record Pair(TrialRow own, TrialRow reference) {}

  private final Setting setting;
  private final Map<Status, Integer> fates = new EnumMap<>(Status.class);
  private final List<TrialRow> all = new ArrayList<>();
  private final Map<Key, TrialRow> succeeded = new LinkedHashMap<>();
  private @Nullable Statistics statistics;

  Group(Setting setting) {
    this.setting = setting;
    for (Status status : Status.values()) {
      fates.put(status, 0);
    }
  }

  void add(TrialRow row) {
    fates.merge(row.status(), 1, Integer::sum);
    all.add(row);
    if (row.status() == Status.SUCCEEDED) {
      succeeded.put(new Key(row.picture(), row.seed()), row);
    }
  }

  Setting setting() {
    return setting;
  }

  Map<String, Object> hyperparameters() {
    Map<String, Object> all = new LinkedHashMap<>(setting.own());
    all.putAll(setting.rest());
    return Collections.unmodifiableMap(all);
  }

  Map<Status, Integer> fates() {
    return Collections.unmodifiableMap(fates);
  }

  /** The trials of {@code population}. */
  List<TrialRow> rows(Population population) {
    return switch (population) {
      case ALL -> Collections.unmodifiableList(all);
      case SUCCEEDED -> List.copyOf(succeeded.values());
      case KERNELS ->
          independent(List.copyOf(succeeded.values()), Function.identity()).stream()
              .filter(TrialRow::hasKernel)
              .toList();
    };
  }

  /** What was measured of them, summed up once; no trial is added afterwards. */
  Statistics statistics() {
    if (statistics == null) {
      statistics = new Statistics(this);
    }
    return statistics;
  }

  /** On which pictures and seeds a trial has succeeded, whatever the pictures' content. */
  Set<Key> solved() {
    Set<Key> keys = new HashSet<>();
    succeeded.keySet().forEach(key -> keys.add(key.withoutContent()));
    return keys;
  }

  /** The share of the trials that did not succeed although the {@code solved} ones can. */
  double lost(Set<Key> solved) {
    Set<Key> own = solved();
    long lost =
        all.stream()
            .map(row -> new Key(row.picture(), row.seed()).withoutContent())
            .filter(key -> solved.contains(key) && !own.contains(key))
            .count();
    return lost / (double) all.size();
  }

  /** On which pictures and seeds {@code measure} has a value. */
  Set<Key> measured(Measure<TrialResult, Double> measure) {
    Set<Key> keys = new HashSet<>();
    succeeded.forEach(
        (key, row) -> {
          if (row.get(measure) != null) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** The mean of {@code measure} over {@code keys}, on all of which it has a value. */
  double mean(Measure<TrialResult, Double> measure, Set<Key> keys) {
    return succeeded.entrySet().stream()
        .filter(entry -> keys.contains(entry.getKey()))
        .mapToDouble(entry -> Objects.requireNonNull(entry.getValue().get(measure)))
        .average()
        .orElseThrow();
  }

  /** The pairs with the trials of {@code reference}. */
  List<Pair> pairs(Group reference) {
    List<Pair> pairs = new ArrayList<>();
    for (Map.Entry<Key, TrialRow> own : succeeded.entrySet()) {
      TrialRow other = reference.succeeded.get(own.getKey());
      if (other != null) {
        pairs.add(new Pair(own.getValue(), other));
      }
    }
    return pairs;
  }

  /** The pairs of kernels, those at initialisation once for each seed and shape. */
  List<Pair> kernelPairs(Group reference) {
    return independent(pairs(reference), Pair::own);
  }

  private static <T> List<T> independent(List<T> entries, Function<T, TrialRow> row) {
    Set<String> seen = new HashSet<>();
    List<T> kept = new ArrayList<>();
    for (T entry : entries) {
      String initial = row.apply(entry).initialKernel();
      if (initial == null || seen.add(initial)) {
        kept.add(entry);
      }
    }
    return kept;
  }
}
