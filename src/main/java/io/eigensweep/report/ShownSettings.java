package io.eigensweep.report;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.measure.QualityMeasures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which settings of a sweep the plots show; the tables have all. First the best of each encoding by
 * mean PSNR ({@link Comparison#best}), then the other resolutions of those, then the rest, the best
 * first.
 *
 * @param all every setting, in the table's order
 * @param plotted those in plots, in the table's order
 * @param best the best of each encoding
 * @param pictured those in the gallery
 */
public record ShownSettings(
    List<ComparisonRow> all, List<String> plotted, List<String> best, List<String> pictured) {
  private static final int MAX_PLOTTED = 32;
  private static final int MAX_PICTURED = 4;

  /** The choice among the settings of {@code comparison}. */
  public static ShownSettings of(Comparison comparison) {
    List<ComparisonRow> all = comparison.rows();
    List<ComparisonRow> ranked =
        all.stream().sorted(Comparator.comparingDouble(ShownSettings::psnr).reversed()).toList();
    Set<String> best = new HashSet<>();
    for (String encoding : new TreeSet<>(all.stream().map(ComparisonRow::encoding).toList())) {
      comparison
          .best(row -> row.encoding().equals(encoding), QualityMeasures.PSNR)
          .ifPresent(row -> best.add(row.setting()));
    }

    Set<String> priority = new LinkedHashSet<>();
    names(all, row -> best.contains(row.setting())).forEach(priority::add);
    priority.addAll(relatives(comparison.resolutions(), best));
    names(ranked, row -> true).forEach(priority::add);

    List<String> chosen = new ArrayList<>(priority);
    Set<String> plotted = Set.copyOf(chosen.subList(0, Math.min(MAX_PLOTTED, chosen.size())));
    List<String> pictured =
        names(all, row -> row.n() > 0).stream()
            .filter(priority::contains)
            .sorted(Comparator.comparingInt(chosen::indexOf))
            .limit(Math.max(MAX_PICTURED, best.size()))
            .toList();
    return new ShownSettings(
        all,
        names(all, row -> plotted.contains(row.setting())),
        names(all, row -> best.contains(row.setting())),
        names(all, row -> pictured.contains(row.setting())));
  }

  /** Settings that differ from a best one in the resolution only. */
  private static List<String> relatives(List<ResolutionRow> resolutions, Set<String> best) {
    Set<String> families = new HashSet<>();
    for (ResolutionRow row : resolutions) {
      if (best.contains(row.statistics().setting())) {
        families.add(row.setting());
      }
    }
    return resolutions.stream()
        .filter(row -> families.contains(row.setting()))
        .map(row -> row.statistics().setting())
        .toList();
  }

  private static List<String> names(List<ComparisonRow> rows, Predicate<ComparisonRow> kept) {
    return rows.stream().filter(kept).map(ComparisonRow::setting).toList();
  }

  private static double psnr(ComparisonRow row) {
    Double mean = row.moments(QualityMeasures.PSNR).mean();
    return mean == null ? Double.NEGATIVE_INFINITY : mean;
  }
}
