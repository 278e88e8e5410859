package io.eigensweep.report;

import io.eigensweep.aggregate.Against;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.LearningRates;
import io.eigensweep.aggregate.PairedDifference;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.result.FrozenJob;
import io.eigensweep.trial.Status;
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
  private final List<ComparisonRow> comparison;
  private final StringBuilder out = new StringBuilder();

  private PageSummary(ReportData data, List<ComparisonRow> comparison) {
    this.data = data;
    this.comparison = comparison;
  }

  static String render(ReportData data, String title, List<ComparisonRow> comparison) {
    PageSummary summary = new PageSummary(data, comparison);
    summary.out.append("<h1 id=\"title\">").append(Html.text(title)).append("</h1>\n");
    summary.scope();
    summary.fates();
    LearningRates.warning(data.rows())
        .ifPresent(
            warning -> summary.out.append("<p>").append(Html.text(warning)).append(".</p>\n"));
    summary.findings();
    return summary.out.toString();
  }

  private void scope() {
    List<TrialRow> rows = data.rows();
    long pictures = rows.stream().map(row -> row.picture().name()).distinct().count();
    long seeds = rows.stream().map(TrialRow::seed).distinct().count();
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
    long committed = data.rows().size();
    Optional<FrozenJob> job = data.job().map(FrozenJob::parse);
    long planned = Math.max(committed, job.map(FrozenJob::trials).orElse(committed));
    StringBuilder bar = new StringBuilder();
    StringBuilder tiles = new StringBuilder();
    for (Status status : Status.values()) {
      long trials = data.rows().stream().filter(row -> row.status() == status).count();
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
    ComparisonRow sharpest = highest(row -> row.psnr().mean());
    if (sharpest == null) {
      out.append("<p class=\"empty\">No trial has succeeded");
      out.append(data.rows().isEmpty() ? " yet" : "; the reasons are under “Failures”");
      out.append(".</p>\n");
      return;
    }
    out.append("<ul class=\"findings\">\n");
    finding(
        "Highest mean PSNR",
        Format.mean(sharpest.psnr(), 2) + " dB",
        sharpest.setting(),
        gains(sharpest));
    ComparisonRow alike = highest(row -> row.msSsim().mean());
    if (alike != null) {
      finding(
          "Highest mean MS-SSIM",
          String.valueOf(Format.mean(alike.msSsim(), 3)),
          alike.setting(),
          against(alike, "", 3, Against::msSsim));
    }
    ComparisonRow flattest =
        highest(row -> sameScope(row, sharpest) ? row.lambdaMin().value() : null);
    if (flattest != null) {
      String same =
          flattest.setting().equals(sharpest.setting())
              ? "· It has the highest PSNR too."
              : "· It is not the setting with the highest PSNR: see “Eigenvalues against quality”.";
      finding(
          "Largest median λ_min",
          String.valueOf(Format.eigenvalue(flattest.lambdaMin())),
          flattest.setting(),
          same);
    }
    out.append("</ul>\n");
  }

  /** Eigenvalues of different points are not compared. */
  private static boolean sameScope(ComparisonRow one, ComparisonRow other) {
    return Objects.equals(
        one.hyperparameters().get("ntk_pattern"), other.hyperparameters().get("ntk_pattern"));
  }

  private void finding(String key, String value, String setting, String text) {
    out.append("<li><span class=\"key\">").append(Html.text(key)).append("</span>");
    out.append("<span class=\"value\">").append(Html.text(value)).append("</span>");
    out.append("<span class=\"name\">").append(Html.text(setting)).append("</span> ");
    out.append(Html.text(text)).append("</li>\n");
  }

  private static String gains(ComparisonRow row) {
    return against(row, " dB", 2, Against::psnr);
  }

  private static String against(
      ComparisonRow row, String unit, int decimals, Function<Against, PairedDifference> metric) {
    List<String> gains = new ArrayList<>();
    for (Against reference : List.of(row.identity(), row.fourier())) {
      String gain = Format.meanDifference(metric.apply(reference).moments(), decimals);
      if (gain != null && reference.setting() != null) {
        gains.add(gain + unit + " against " + reference.setting());
      }
    }
    return gains.isEmpty() ? "" : "· " + String.join(", ", gains);
  }

  private @Nullable ComparisonRow highest(Function<ComparisonRow, @Nullable Double> value) {
    return comparison.stream()
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
