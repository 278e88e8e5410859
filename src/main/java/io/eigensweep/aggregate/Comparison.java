package io.eigensweep.aggregate;

import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.measure.Summary.Population;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The comparison table: for each encoding and setting, the statistics over pictures and seeds.
 *
 * <p><b>Settings.</b> Trials belong together when they agree in everything that can change a number
 * but the picture and the seed. The side that pictures are resampled to is part of the setting: the
 * PSNR of small and of large pictures are different quantities.
 *
 * <p><b>References.</b> A setting is compared with the identity encoding and with the best fourier
 * encoding of the same network, training and kernel settings; where there is none, with those of
 * any settings that share a picture and a seed with it. Best is the highest mean PSNR of those that
 * lost the fewest trials, on the pictures and seeds that they share, the first in the table among
 * equals. A reference is not compared with itself. Differences are taken between succeeded trials
 * of the same picture (kind, class, name, size, content) and seed, and have an interval over
 * pictures ({@link MeanInterval}). Orders of magnitude are taken only between kernels with the same
 * outputs, pattern of points and number type; their bounds are proved ratios, of the lower bound of
 * one over the upper bound of the other.
 *
 * <p><b>Kernels at initialisation</b> do not depend on the picture but for its shape, so they are
 * counted once for each seed.
 */
public final class Comparison {
  private final List<TrialRow> trials;
  private final Map<Setting, Group> bySetting = new TreeMap<>(Setting.ORDER);
  private final Collection<Group> groups = bySetting.values();
  private final SettingLabels labels;
  private final Ranking ranking;
  private final List<ComparisonRow> rows;
  private final List<ResolutionRow> resolutions;
  private final Map<String, String> settingByTrial = new HashMap<>();

  private Comparison(List<TrialRow> unordered) {
    // In a fixed order, so that sums of the same trials have the same bits.
    trials = unordered.stream().sorted(Comparator.comparing(TrialRow::trialId)).toList();
    for (TrialRow row : trials) {
      bySetting.computeIfAbsent(Setting.of(row), Group::new).add(row);
    }
    labels = new SettingLabels(bySetting.keySet());
    ranking = new Ranking(groups);
    Map<Setting, ComparisonRow> computed = new TreeMap<>(Setting.RESOLUTION_LAST);
    groups.forEach(group -> computed.put(group.setting(), row(group)));
    rows = groups.stream().map(group -> get(computed, group.setting())).toList();
    resolutions = new ArrayList<>();
    computed.forEach(
        (setting, row) -> {
          if (setting.value("resolution") instanceof Integer resolution) {
            resolutions.add(
                new ResolutionRow(labels.without(setting, "resolution"), resolution, row));
          }
        });
    for (Group group : groups) {
      String name = labels.of(group.setting());
      group.rows(Population.ALL).forEach(row -> settingByTrial.put(row.trialId(), name));
    }
  }

  /** The comparison of the settings of {@code trials}. */
  public static Comparison of(List<TrialRow> trials) {
    return new Comparison(trials);
  }

  /** What is compared, in the order of the ids. */
  public List<TrialRow> trials() {
    return trials;
  }

  /** A row for each setting: identity, fourier by levels, multigrid by resolution, … */
  public List<ComparisonRow> rows() {
    return rows;
  }

  /**
   * The best by mean {@code measure} of the settings that are {@code wanted}: of those that lost
   * the smallest share of their trials, on the pictures and seeds on which all of them have
   * succeeded.
   */
  public Optional<ComparisonRow> best(
      Predicate<ComparisonRow> wanted, Measure<TrialResult, Double> measure) {
    Map<Group, ComparisonRow> candidates = new LinkedHashMap<>();
    Iterator<ComparisonRow> row = rows.iterator();
    for (Group group : groups) {
      ComparisonRow of = row.next();
      if (wanted.test(of)) {
        candidates.put(group, of);
      }
    }
    return Optional.ofNullable(ranking.best(List.copyOf(candidates.keySet()), measure))
        .map(candidates::get);
  }

  /** Those of {@code rows} that lost the smallest share of their trials: one of them is best. */
  public static List<ComparisonRow> competing(List<ComparisonRow> rows) {
    return Ranking.competing(rows, ComparisonRow::lost);
  }

  /** The settings that have a resolution: each series by its other fields, in ascending order. */
  public List<ResolutionRow> resolutions() {
    return Collections.unmodifiableList(resolutions);
  }

  /**
   * The name of the setting of {@code trial}, as {@link ComparisonRow#setting} spells it.
   *
   * @throws IllegalArgumentException when it is not compared here
   */
  public String setting(TrialRow trial) {
    return get(settingByTrial, trial.trialId());
  }

  private static <K, V> V get(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is not compared");
    }
    return value;
  }

  /** The groups by setting, in the order of the table. */
  Map<Setting, Group> bySetting() {
    return Collections.unmodifiableMap(bySetting);
  }

  /** The line of {@code group}. */
  ComparisonRow row(Group group) {
    return new ComparisonRow(
        labels.of(group.setting()),
        group.setting().encoding(),
        group.hyperparameters(),
        group.fates(),
        ranking.lost(group),
        group.statistics(),
        against(group, reference(group, "identity")),
        against(group, reference(group, "fourier")));
  }

  private @Nullable Group reference(Group group, String encoding) {
    List<Group> candidates =
        groups.stream().filter(other -> other.setting().encoding().equals(encoding)).toList();
    List<Group> alike =
        candidates.stream()
            .filter(other -> other.setting().rest().equals(group.setting().rest()))
            .toList();
    Group best =
        ranking.best(alike.isEmpty() ? sharing(group, candidates) : alike, QualityMeasures.PSNR);
    return best == group ? null : best;
  }

  private static List<Group> sharing(Group group, List<Group> candidates) {
    return candidates.stream().filter(other -> !group.pairs(other).isEmpty()).toList();
  }

  private PairedComparison against(Group group, @Nullable Group reference) {
    if (reference == null) {
      return PairedComparison.NONE;
    }
    return against(group, reference, labels.of(reference.setting()));
  }

  /** {@code group} minus {@code reference}, which is called {@code name}. */
  static PairedComparison against(Group group, Group reference, String name) {
    List<Group.Pair> pairs = group.pairs(reference);
    Map<String, PairedDifference> differences = new HashMap<>();
    for (Measure<TrialResult, Double> measure : Measures.PAIRED) {
      differences.put(measure.name(), differences(pairs, measure));
    }
    return new PairedComparison(name, differences, orders(group, reference));
  }

  private static PairedDifference differences(
      List<Group.Pair> pairs, Measure<TrialResult, Double> measure) {
    List<Double> differences = new ArrayList<>();
    List<Object> pictures = new ArrayList<>();
    for (Group.Pair pair : pairs) {
      Double own = pair.own().get(measure);
      Double other = pair.reference().get(measure);
      if (own != null && other != null) {
        differences.add(own - other);
        pictures.add(pair.own().picture());
      }
    }
    return PairedDifference.of(differences, pictures);
  }

  private static Censored orders(Group group, Group reference) {
    if (!group.setting().sameKernel(reference.setting())) {
      return Censored.NONE;
    }
    List<Interval> orders = new ArrayList<>();
    List<Interval> proved = new ArrayList<>();
    for (Group.Pair pair : group.kernelPairs(reference)) {
      Interval own = pair.own().interval(KernelMeasures.LAMBDA_MIN);
      Interval other = pair.reference().interval(KernelMeasures.LAMBDA_MIN);
      if (own != null && other != null) {
        orders.add(own.ordersAbove(other));
        proved.add(
            pair.own()
                .proved(KernelMeasures.LAMBDA_MIN)
                .ordersAbove(pair.reference().proved(KernelMeasures.LAMBDA_MIN)));
      }
    }
    return Censored.median(orders).within(Censored.median(proved));
  }
}
