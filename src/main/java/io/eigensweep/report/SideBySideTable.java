package io.eigensweep.report;

import static io.eigensweep.measure.KernelMeasures.LAMBDA_MIN;
import static io.eigensweep.measure.QualityMeasures.MS_SSIM;
import static io.eigensweep.measure.QualityMeasures.PSNR;

import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.PairedComparison;
import io.eigensweep.aggregate.PairedDifference;
import io.eigensweep.aggregate.SideBySide;
import io.eigensweep.measure.Measure;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two sweeps setting by setting, as tables of text. */
public final class SideBySideTable {
  private static final List<String> HEADER =
      List.of(
          "Setting",
          "n A",
          "n B",
          "failed A",
          "failed B",
          "PSNR dB A",
          "PSNR dB B",
          "Δ PSNR",
          "MS-SSIM A",
          "MS-SSIM B",
          "Δ MS-SSIM",
          "λ_min A",
          "λ_min B",
          "λ_min orders",
          "pairs");

  private SideBySideTable() {}

  /** The columns for eyes. */
  public static Table of(SideBySide sweeps) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (SideBySide.Line line : sweeps.lines()) {
      PairedComparison difference = line.difference();
      cells.add(
          Arrays.asList(
              line.setting(),
              cell(line.first(), row -> Integer.toString(row.n())),
              cell(line.second(), row -> Integer.toString(row.n())),
              cell(line.first(), row -> Integer.toString(row.failures())),
              cell(line.second(), row -> Integer.toString(row.failures())),
              cell(line.first(), row -> Format.moments(row.moments(PSNR), 2)),
              cell(line.second(), row -> Format.moments(row.moments(PSNR), 2)),
              Format.difference(difference.of(PSNR), 2),
              cell(line.first(), row -> Format.moments(row.moments(MS_SSIM), 3)),
              cell(line.second(), row -> Format.moments(row.moments(MS_SSIM), 3)),
              Format.difference(difference.of(MS_SSIM), 3),
              cell(line.first(), row -> Format.eigenvalue(row.statistics().median(LAMBDA_MIN))),
              cell(line.second(), row -> Format.eigenvalue(row.statistics().median(LAMBDA_MIN))),
              Format.orders(difference.orders()),
              Integer.toString(difference.of(PSNR).n())));
    }
    return new Table(HEADER, cells);
  }

  /** Both sweeps' statistics and the differences with every digit. */
  public static Table full(SideBySide sweeps) {
    List<Map<String, @Nullable String>> lines = new ArrayList<>();
    for (SideBySide.Line line : sweeps.lines()) {
      Map<String, @Nullable String> cells = new LinkedHashMap<>();
      cells.put("setting", line.setting());
      statistics(cells, line.first(), "_a");
      statistics(cells, line.second(), "_b");
      PairedComparison difference = line.difference();
      cells.put("pairs", Integer.toString(difference.of(PSNR).n()));
      for (Measure<TrialResult, Double> measure : List.of(PSNR, MS_SSIM)) {
        PairedDifference paired = difference.of(measure);
        String name = "delta_" + measure.name();
        cells.put(name + "_mean", Format.exact(paired.mean()));
        cells.put(name + "_sd", Format.exact(paired.sd()));
        cells.put(name + "_lower", Format.exact(paired.lower()));
        cells.put(name + "_upper", Format.exact(paired.upper()));
      }
      cells.put("orders", Format.exact(difference.orders().value()));
      cells.put("orders_lower", Format.exact(difference.orders().lower()));
      cells.put("orders_upper", Format.exact(difference.orders().upper()));
      lines.add(cells);
    }
    List<String> header = lines.isEmpty() ? List.of("setting") : List.copyOf(lines.get(0).keySet());
    return new Table(
        header,
        lines.stream()
            .<List<@Nullable String>>map(cells -> new ArrayList<>(cells.values()))
            .toList());
  }

  /** What differs between the sweeps as a whole, one line each; empty when nothing does. */
  public static String differences(SideBySide sweeps) {
    StringBuilder out = new StringBuilder();
    for (SideBySide.Difference difference : sweeps.differences()) {
      out.append("everywhere: ").append(difference.column()).append(" is ");
      out.append(spelled(difference.first())).append(" in A and ");
      out.append(spelled(difference.second())).append(" in B\n");
    }
    return out.toString();
  }

  private static String spelled(@Nullable Object value) {
    String text = Format.exact(value);
    return text == null ? "not set" : text;
  }

  private static void statistics(
      Map<String, @Nullable String> cells, @Nullable ComparisonRow row, String suffix) {
    List<String> columns = new ArrayList<>(List.of("trials", "n", "failures"));
    for (Measure<TrialResult, Double> measure : List.of(PSNR, MS_SSIM)) {
      measure.summaryFields().subList(0, 3).forEach(field -> columns.add(field.name()));
    }
    LAMBDA_MIN.value().summaryFields().forEach(field -> columns.add(field.name()));
    Map<String, @Nullable Object> values = row == null ? Map.of() : row.values();
    columns.forEach(column -> cells.put(column + suffix, Format.exact(values.get(column))));
  }

  private static @Nullable String cell(
      @Nullable ComparisonRow row, Function<ComparisonRow, @Nullable String> text) {
    return row == null ? null : text.apply(row);
  }
}
