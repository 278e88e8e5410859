package io.eigensweep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.Interval;
import io.eigensweep.aggregate.Quantiles;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.measure.RunMeasures;
import io.eigensweep.trial.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the page's script draws from, as JSON. Infinite numbers are null. */
final class PageData {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MARKS = 300;

  private final ReportData data;
  private final ShownSettings shown;
  private final Map<String, List<TrialRow>> succeeded = new HashMap<>();
  private final Map<String, TrialFacts> facts = new HashMap<>();

  PageData(ReportData data) {
    this.data = data;
    this.shown = ShownSettings.of(data.comparison());
    for (TrialRow row : data.comparison().trials()) {
      if (row.status() == Status.SUCCEEDED) {
        succeeded
            .computeIfAbsent(data.comparison().setting(row), name -> new ArrayList<>())
            .add(row);
      }
    }
    data.facts().forEach(fact -> facts.put(fact.trialId(), fact));
  }

  /**
   * The JSON text, safe inside a {@code script} element: every {@code <}, {@code >} and {@code &},
   * which JSON has in strings only, and the line separators of JavaScript are escaped.
   */
  String json() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("settings", settings());
    page.put("settingsTotal", shown.all().size());
    page.put("trials", marks());
    page.put("scope", ScopeNote.of(data.comparison().trials()));
    page.put("scopeOfSpectra", ScopeNote.ofSpectra(data.comparison().trials()));
    page.put("spectra", data.spectra());
    page.put("curves", data.curves());
    page.put("decays", data.decays());
    page.put("gallery", data.gallery());
    try {
      return JSON.writeValueAsString(page)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Map<String, @Nullable Object>> settings() {
    Map<String, String> families = new HashMap<>();
    data.comparison()
        .resolutions()
        .forEach(row -> families.put(row.statistics().setting(), row.setting()));
    List<Map<String, @Nullable Object>> settings = new ArrayList<>();
    for (ComparisonRow row : shown.all()) {
      if (shown.plotted().contains(row.setting())) {
        settings.add(setting(row, families.get(row.setting())));
      }
    }
    return settings;
  }

  private Map<String, @Nullable Object> setting(ComparisonRow row, @Nullable String family) {
    List<TrialRow> trials = succeeded.getOrDefault(row.setting(), List.of());
    Map<String, @Nullable Object> setting = new LinkedHashMap<>();
    setting.put("name", row.setting());
    setting.put("encoding", row.encoding());
    setting.put("family", family);
    setting.put("resolution", row.hyperparameter("resolution"));
    setting.put("best", shown.best().contains(row.setting()));
    setting.put("values", row.values());
    setting.put("psnr", quantiles(trials, trial -> trial.get(QualityMeasures.PSNR)));
    setting.put("msSsim", quantiles(trials, trial -> trial.get(QualityMeasures.MS_SSIM)));
    setting.put("lambdaLow", quantiles(trials, trial -> bound(trial, Interval::lower)).low());
    setting.put("lambdaHigh", quantiles(trials, trial -> bound(trial, Interval::upper)).high());
    setting.put("drift", quantiles(trials, trial -> trial.get(KernelMeasures.DRIFT)));
    setting.put("schur", quantiles(trials, trial -> trial.get(KernelMeasures.SCHUR_BOUND)));
    setting.put("lattice", lattice(trials));
    setting.put("cost", cost(row, trials));
    return setting;
  }

  private static Quantiles quantiles(
      List<TrialRow> trials, Function<TrialRow, @Nullable Double> value) {
    return Quantiles.of(trials.stream().map(value).filter(Objects::nonNull).toList());
  }

  private static @Nullable Double bound(TrialRow trial, Function<Interval, Double> side) {
    Interval known = trial.interval(KernelMeasures.LAMBDA_MIN);
    return known == null ? null : finite(side.apply(known));
  }

  private <T> @Nullable T fact(TrialRow trial, Function<TrialFacts, @Nullable T> value) {
    TrialFacts known = facts.get(trial.trialId());
    return known == null ? null : value.apply(known);
  }

  /**
   * Points per axis, whose spacing the cells of a grid have to be below: of the setting's lattices,
   * or where λ_min is of neighbours or of all, of the pictures; null where they are not square or
   * of different sizes.
   */
  private @Nullable Integer lattice(List<TrialRow> trials) {
    List<Integer> points =
        trials.stream()
            .map(trial -> fact(trial, TrialFacts::spacedPoints))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (points.size() != 1) {
      return null;
    }
    int side = (int) Math.round(Math.sqrt(points.get(0)));
    return side * side == points.get(0) ? side : null;
  }

  private @Nullable Map<String, Double> cost(ComparisonRow row, List<TrialRow> trials) {
    Double train = row.moments(RunMeasures.TRAIN_SECONDS).mean();
    Double kernel = row.moments(RunMeasures.NTK_SECONDS).mean();
    List<Double> wall =
        trials.stream()
            .map(trial -> fact(trial, TrialFacts::wallSeconds))
            .filter(Objects::nonNull)
            .toList();
    if (train == null || kernel == null || wall.isEmpty()) {
      return null;
    }
    double all = wall.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return Map.of("train", train, "kernel", kernel, "other", Math.max(0, all - train - kernel));
  }

  /** A mark for each succeeded trial, at most some hundred for each setting, evenly by id. */
  private List<Map<String, @Nullable Object>> marks() {
    List<Map<String, @Nullable Object>> marks = new ArrayList<>();
    for (String setting : shown.plotted()) {
      List<TrialRow> trials = succeeded.getOrDefault(setting, List.of());
      int count = Math.min(MAX_MARKS, trials.size());
      for (int i = 0; i < count; i++) {
        marks.add(mark(setting, trials.get((int) ((long) i * trials.size() / count))));
      }
    }
    return marks;
  }

  private static Map<String, @Nullable Object> mark(String setting, TrialRow trial) {
    Map<String, @Nullable Object> mark = new LinkedHashMap<>();
    mark.put("setting", setting);
    mark.put("id", trial.trialId());
    mark.put("picture", trial.picture().name());
    mark.put("seed", trial.seed());
    mark.put("psnr", trial.get(QualityMeasures.PSNR));
    mark.put("msSsim", trial.get(QualityMeasures.MS_SSIM));
    mark.put("lambdaLower", bound(trial, Interval::lower));
    mark.put("lambdaUpper", bound(trial, Interval::upper));
    return mark;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
