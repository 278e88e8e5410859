package io.eigensweep.report;

import io.eigensweep.aggregate.Censored;
import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.LearningRates;
import io.eigensweep.aggregate.PairedComparison;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.store.FrozenJob;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The top of the page: what ran, how it ended, and what came out, in a few sentences. */
final class PageSummary {
  private final ReportData data;
  private final List<TrialRow> trials;
  private final List<ComparisonRow> comparison;
  private final StringBuilder out = new StringBuilder();

  private PageSummary(ReportData data) {
    this.data = data;
    this.trials = data.comparison().trials();
    this.comparison = data.comparison().rows();
  }

  static String render(ReportData data, String title) {
    PageSummary summary = new PageSummary(data);
    summary.out.append("<h1 id=\"title\">").append(Html.text(title)).append("</h1>\n");
    summary.scope();
    summary.fates();
    LearningRates.warning(summary.trials)
        .ifPresent(
            warning -> summary.out.append("<p>").append(Html.text(warning)).append(".</p>\n"));
    summary.findings();
    return summary.out.toString();
  }

  private void scope() {
    long pictures = trials.stream().map(row -> row.picture().name()).distinct().count();
    long seeds = trials.stream().map(TrialRow::seed).distinct().count();
    out.append("<p class=\"soft\">");
    out.append(count(comparison.size(), "setting")).append(" × ");
    out.append(count(pictures, "picture")).append(" × ").append(count(seeds, "seed"));
    data.facts().stream()
        .map(TrialFacts::startedAt)
        .min(Comparator.naturalOrder())
        .ifPresent(
            first -> {
              String last =
                  data.facts().stream()
                      .map(TrialFacts::finishedAt)
                      .max(Comparator.naturalOrder())
                      .orElse(first);
              out.append(" · ").append(Html.text(minute(first))).append(" to ");
              out.append(Html.text(minute(last))).append(" UTC");
            });
    out.append("</p>\n");
  }

  private void fates() {
    long committed = trials.size();
    Optional<FrozenJob> job = data.job().map(FrozenJob::parse);
    long planned = Math.max(committed, job.map(FrozenJob::trials).orElse(committed));
    StringBuilder bar = new StringBuilder();
    StringBuilder tiles = new StringBuilder();
    for (Status status : Status.values()) {
      long trials = this.trials.stream().filter(row -> row.status() == status).count();
      String name = status.name().toLowerCase(Locale.ROOT);
      if (trials > 0) {
        bar.append("<i class=\"").append(name).append("\" style=\"flex:").append(trials);
        bar.append("\"></i>");
      }
      if (trials > 0 || status == Status.SUCCEEDED) {
        tiles.append(tile(name, trials, name.replace('_', ' ')));
      }
    }
    if (planned > committed) {
      long missing = planned - committed;
      bar.append("<i class=\"missing\" style=\"flex:").append(missing).append("\"></i>");
      tiles.append(tile("missing", missing, "not done yet"));
    }
    out.append("<div class=\"fates\" aria-hidden=\"true\">").append(bar).append("</div>\n");
    out.append("<ul class=\"tiles\" aria-label=\"Fates of the trials\">");
    out.append(tiles).append("</ul>\n");
    if (planned > committed) {
      out.append(
          String.format(
              Locale.ROOT,
              "<p class=\"empty\">The sweep is not finished: %,d of %,d trials have a row."
                  + " Everything below is about those; aggregate again for the rest.</p>%n",
              committed,
              planned));
    }
  }

  private static String tile(String cssClass, long trials, String name) {
    return String.format(
        Locale.ROOT,
        "<li><i class=\"%s\" aria-hidden=\"true\"></i><b>%,d</b> %s</li>",
        cssClass,
        trials,
        name);
  }

  private void findings() {
    Optional<ComparisonRow> best = data.comparison().best(row -> true, QualityMeasures.PSNR);
    if (best.isEmpty()) {
      out.append("<p class=\"empty\">No trial has succeeded");
      out.append(trials.isEmpty() ? " yet" : "; the reasons are under “Failures”");
      out.append(".</p>\n");
      return;
    }
    ComparisonRow sharpest = best.get();
    out.append("<ul class=\"findings\">\n");
    finding(
        "Highest mean PSNR",
        Format.mean(sharpest.moments(QualityMeasures.PSNR), 2) + " dB",
        sharpest.setting(),
        trialsOf(sharpest) + gains(sharpest) + survivors(sharpest));
    data.comparison()
        .best(row -> true, QualityMeasures.MS_SSIM)
        .ifPresent(
            alike ->
                finding(
                    "Highest mean MS-SSIM",
                    String.valueOf(Format.mean(alike.moments(QualityMeasures.MS_SSIM), 3)),
                    alike.setting(),
                    trialsOf(alike) + against(alike, "", 3, QualityMeasures.MS_SSIM)));
    ComparisonRow flattest = flattest(sharpest);
    if (flattest != null) {
      String same =
          flattest.setting().equals(sharpest.setting())
              ? "· It has the highest PSNR too."
              : "· It is not the setting with the highest PSNR: see “Eigenvalues against quality”.";
      finding(
          "Largest median λ_min",
          String.valueOf(Format.eigenvalue(lambdaMin(flattest))),
          flattest.setting(),
          trialsOf(flattest) + same);
    }
    out.append("</ul>\n");
  }

  private static Censored lambdaMin(ComparisonRow row) {
    return row.statistics().median(KernelMeasures.LAMBDA_MIN);
  }

  /** Eigenvalues of different points are not compared. */
  private static boolean sameScope(ComparisonRow one, ComparisonRow other) {
    return Objects.equals(one.hyperparameter("ntk_pattern"), other.hyperparameter("ntk_pattern"));
  }

  private void finding(String key, String value, String setting, String text) {
    out.append("<li><span class=\"key\">").append(Html.text(key)).append("</span>");
    out.append("<span class=\"value\">").append(Html.text(value)).append("</span>");
    out.append("<span class=\"name\">").append(Html.text(setting)).append("</span> ");
    out.append(Html.text(text)).append("</li>\n");
  }

  private static String gains(ComparisonRow row) {
    return against(row, " dB", 2, QualityMeasures.PSNR);
  }

  private static String against(
      ComparisonRow row, String unit, int decimals, Measure<TrialResult, Double> measure) {
    List<String> gains = new ArrayList<>();
    for (PairedComparison reference : List.of(row.identity(), row.fourier())) {
      String gain = Format.meanDifference(reference.of(measure).moments(), decimals);
      if (gain != null && reference.setting() != null) {
        gains.add(gain + unit + " against " + reference.setting());
      }
    }
    return gains.isEmpty() ? "" : "· " + String.join(", ", gains);
  }

  /** How many of a setting's trials a number is of, where not all succeeded. */
  private static String trialsOf(ComparisonRow row) {
    return row.failures() == 0
        ? ""
        : String.format(Locale.ROOT, "· %,d of %,d trials succeeded ", row.n(), row.trials());
  }

  /** The setting with a higher mean over what it survived, if there is one. */
  private String survivors(ComparisonRow sharpest) {
    ComparisonRow higher = highest(comparison, row -> row.moments(QualityMeasures.PSNR).mean());
    return higher == null || higher.lost() <= sharpest.lost()
        ? ""
        : String.format(
            Locale.ROOT,
            " · %s has %s dB on the %,d of %,d trials that succeeded: no mean of the same pictures",
            higher.setting(),
            Format.mean(higher.moments(QualityMeasures.PSNR), 2),
            higher.n(),
            higher.trials());
  }

  /** The largest median λ_min of those that lost the fewest trials, of the same sort of points. */
  private @Nullable ComparisonRow flattest(ComparisonRow sharpest) {
    List<ComparisonRow> alike =
        comparison.stream()
            .filter(row -> sameScope(row, sharpest) && lambdaMin(row).value() != null)
            .toList();
    return highest(Comparison.competing(alike), row -> lambdaMin(row).value());
  }

  private static @Nullable ComparisonRow highest(
      List<ComparisonRow> rows, Function<ComparisonRow, @Nullable Double> value) {
    return rows.stream()
        .filter(row -> value.apply(row) != null)
        .max(Comparator.comparing(row -> Objects.requireNonNull(value.apply(row))))
        .orElse(null);
  }

  private static String minute(String instant) {
    return instant.length() < 16 ? instant : instant.substring(0, 16).replace('T', ' ');
  }

  private static String count(long n, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
  }
}
