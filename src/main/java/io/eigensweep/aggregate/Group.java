package io.eigensweep.aggregate;

import io.eigensweep.trial.Status;
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
  private record Key(Picture picture, long seed) {}

  /** Two succeeded trials on the same picture with the same seed. */
  record Pair(TrialRow own, TrialRow reference) {}

  private final Setting setting;
  private final Map<Status, Integer> fates = new EnumMap<>(Status.class);
  private final List<Symptoms.OfTrial> symptoms = new ArrayList<>();
  private final Map<Key, TrialRow> succeeded = new LinkedHashMap<>();

  Group(Setting setting) {
    this.setting = setting;
    for (Status status : Status.values()) {
      fates.put(status, 0);
    }
  }

  void add(TrialRow row) {
    fates.merge(row.status(), 1, Integer::sum);
    symptoms.add(row.symptoms());
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

  /** What went wrong, in all trials whatever their fate. */
  Symptoms symptoms() {
    return Symptoms.of(symptoms);
  }

  /** The JPEG files of as many bytes. */
  JpegStatistics jpeg() {
    return JpegStatistics.of(
        succeeded.values().stream().map(TrialRow::jpeg).filter(Objects::nonNull).toList());
  }

  /** How good the surfaces are. */
  SurfaceStatistics surface() {
    return SurfaceStatistics.of(
        succeeded.values().stream().map(row -> row.quality().surface()).toList());
  }

  Moments psnr() {
    return moments(row -> row.quality().psnr());
  }

  Moments moments(Function<TrialRow, @Nullable Double> metric) {
    return Moments.of(succeeded.values().stream().map(metric).filter(Objects::nonNull).toList());
  }

  /** The largest value, null when there is none: parameters are the same for every picture. */
  @Nullable Long largest(Function<TrialRow, @Nullable Long> value) {
    return succeeded.values().stream()
        .map(value)
        .filter(Objects::nonNull)
        .max(Long::compare)
        .orElse(null);
  }

  /** The kernels, those at initialisation once for each seed and shape. */
  List<TrialRow.Kernel> kernels() {
    List<TrialRow.Kernel> kernels = new ArrayList<>();
    for (TrialRow row : independent(new ArrayList<>(succeeded.values()), Function.identity())) {
      if (row.kernel() != null) {
        kernels.add(row.kernel());
      }
    }
    return kernels;
  }

  /** The median over the kernels that have {@code value}; null when none has. */
  @Nullable Double kernelMedian(Function<TrialRow.Kernel, @Nullable Double> value) {
    return Moments.of(kernels().stream().map(value).filter(Objects::nonNull).toList()).median();
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
      TrialRow.Kernel kernel = row.apply(entry).kernel();
      if (kernel == null
          || kernel.epoch() > 0
          || seen.add(row.apply(entry).seed() + " " + kernel.points())) {
        kept.add(entry);
      }
    }
    return kept;
  }
}
