package io.eigensweep.aggregate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
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
 * any settings that share a picture and a seed with it. Best is the highest mean PSNR, the first in
 * the table among equals. A reference is not compared with itself. Differences are taken between
 * succeeded trials of the same picture (kind, class, name, size, content) and seed, and have an
 * interval over pictures ({@link MeanInterval}). Orders of magnitude are taken only between kernels
 * with the same outputs, pattern of points and number type; their bounds are proved ratios, of the
 * lower bound of one over the upper bound of the other.
 *
 * <p><b>Kernels at initialisation</b> do not depend on the picture but for its shape, so they are
 * counted once for each seed.
 */
public final class Comparison {
  private final Map<Setting, Group> bySetting;
  private final Collection<Group> groups;
  private final SettingLabels labels;

  Comparison(List<TrialRow> rows, Comparator<Setting> order) {
    bySetting = new TreeMap<>(order);
    // In a fixed order, so that sums of the same trials have the same bits.
    List<TrialRow> sorted = rows.stream().sorted(Comparator.comparing(TrialRow::trialId)).toList();
    for (TrialRow row : sorted) {
      bySetting.computeIfAbsent(Setting.of(row), Group::new).add(row);
    }
    groups = bySetting.values();
    labels = new SettingLabels(bySetting.keySet());
  }

  /** The comparison of {@code rows}: identity, fourier by levels, multigrid by resolution, … */
  public static List<ComparisonRow> of(List<TrialRow> rows) {
    Comparison comparison = new Comparison(rows, Setting.ORDER);
    return comparison.groups.stream().map(comparison::row).toList();
  }

  /** For each trial the name of its setting, as {@link ComparisonRow#setting} spells it. */
  public static Map<String, String> settingsByTrial(List<TrialRow> rows) {
    Comparison comparison = new Comparison(rows, Setting.ORDER);
    Map<String, String> settings = new HashMap<>();
    Map<Setting, String> names = new HashMap<>();
    for (TrialRow row : rows) {
      settings.put(row.trialId(), names.computeIfAbsent(Setting.of(row), comparison.labels::of));
    }
    return settings;
  }

  /** The settings of {@code rows} that have a resolution, by their other fields, then by it. */
  static List<ResolutionRow> resolutions(List<TrialRow> rows) {
    Comparison comparison = new Comparison(rows, Setting.RESOLUTION_LAST);
    List<ResolutionRow> resolutions = new ArrayList<>();
    for (Group group : comparison.groups) {
      if (group.setting().value("resolution") instanceof Integer resolution) {
        resolutions.add(
            new ResolutionRow(
                comparison.labels.without(group.setting(), "resolution"),
                resolution,
                comparison.row(group)));
      }
    }
    return resolutions;
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
        group.psnr(),
        group.moments(row -> row.quality().ssim()),
        group.moments(row -> row.quality().msSsim()),
        group.surface(),
        Censored.median(group.kernels().stream().map(TrialRow.Kernel::lambdaMin).toList()),
        Censored.median(
            group.kernels().stream()
                .map(TrialRow.Kernel::lambdaMinNoGrid)
                .filter(Objects::nonNull)
                .toList()),
        group.kernelMedian(TrialRow.Kernel::weylSlack),
        group.kernelMedian(TrialRow.Kernel::schurBound),
        against(group, reference(group, "identity")),
        against(group, reference(group, "fourier")),
        group.largest(TrialRow::parameters),
        group.largest(TrialRow::parametersEncoding),
        group.moments(TrialRow::trainSeconds),
        group.moments(TrialRow::ntkSeconds),
        group.jpeg(),
        group.symptoms());
  }

  private @Nullable Group reference(Group group, String encoding) {
    List<Group> candidates =
        groups.stream()
            .filter(other -> other.setting().encoding().equals(encoding))
            .filter(other -> other.psnr().mean() != null)
            .toList();
    List<Group> alike =
        candidates.stream()
            .filter(other -> other.setting().rest().equals(group.setting().rest()))
            .toList();
    Group best = best(alike.isEmpty() ? sharing(group, candidates) : alike);
    return best == group ? null : best;
  }

  private static List<Group> sharing(Group group, List<Group> candidates) {
    return candidates.stream().filter(other -> !group.pairs(other).isEmpty()).toList();
  }

  private static @Nullable Group best(List<Group> candidates) {
    Group best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Group candidate : candidates) {
      Double mean = candidate.psnr().mean();
      if (mean != null && mean > highest) {
        best = candidate;
        highest = mean;
      }
    }
    return best;
  }

  private Against against(Group group, @Nullable Group reference) {
    if (reference == null) {
      return Against.NONE;
    }
    return against(group, reference, labels.of(reference.setting()));
  }

  /** {@code group} minus {@code reference}, which is called {@code name}. */
  static Against against(Group group, Group reference, String name) {
    List<Group.Pair> pairs = group.pairs(reference);
    return new Against(
        name,
        differences(pairs, row -> row.quality().psnr()),
        differences(pairs, row -> row.quality().ssim()),
        differences(pairs, row -> row.quality().msSsim()),
        orders(group, reference));
  }

  private static PairedDifference differences(
      List<Group.Pair> pairs, Function<TrialRow, @Nullable Double> metric) {
    List<Double> differences = new ArrayList<>();
    List<Object> pictures = new ArrayList<>();
    for (Group.Pair pair : pairs) {
      Double own = metric.apply(pair.own());
      Double other = metric.apply(pair.reference());
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
      TrialRow.Kernel own = pair.own().kernel();
      TrialRow.Kernel other = pair.reference().kernel();
      if (own != null && other != null) {
        orders.add(own.lambdaMin().ordersAbove(other.lambdaMin()));
        proved.add(own.proved().ordersAbove(other.proved()));
      }
    }
    return Censored.median(orders).within(Censored.median(proved));
  }
}
