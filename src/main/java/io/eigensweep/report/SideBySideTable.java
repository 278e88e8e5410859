package io.eigensweep.report;

import io.eigensweep.aggregate.Against;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.SideBySide;
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
      Against difference = line.difference();
      cells.add(
          Arrays.asList(
              line.setting(),
              cell(line.first(), row -> Integer.toString(row.n())),
              cell(line.second(), row -> Integer.toString(row.n())),
              cell(line.first(), row -> Integer.toString(row.failures())),
              cell(line.second(), row -> Integer.toString(row.failures())),
              cell(line.first(), row -> Format.moments(row.psnr(), 2)),
              cell(line.second(), row -> Format.moments(row.psnr(), 2)),
              Format.difference(difference.psnr(), 2),
              cell(line.first(), row -> Format.moments(row.msSsim(), 3)),
              cell(line.second(), row -> Format.moments(row.msSsim(), 3)),
              Format.difference(difference.msSsim(), 3),
              cell(line.first(), row -> Format.eigenvalue(row.lambdaMin())),
              cell(line.second(), row -> Format.eigenvalue(row.lambdaMin())),
              Format.orders(difference.orders()),
              Integer.toString(difference.psnr().n())));
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
      Against difference = line.difference();
      cells.put("pairs", Integer.toString(difference.psnr().n()));
      cells.put("delta_psnr_mean", Format.exact(difference.psnr().mean()));
      cells.put("delta_psnr_sd", Format.exact(difference.psnr().sd()));
      cells.put("delta_psnr_lower", Format.exact(difference.psnr().lower()));
      cells.put("delta_psnr_upper", Format.exact(difference.psnr().upper()));
      cells.put("delta_ms_ssim_mean", Format.exact(difference.msSsim().mean()));
      cells.put("delta_ms_ssim_sd", Format.exact(difference.msSsim().sd()));
      cells.put("delta_ms_ssim_lower", Format.exact(difference.msSsim().lower()));
      cells.put("delta_ms_ssim_upper", Format.exact(difference.msSsim().upper()));
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
    List<String> columns =
        List.of(
            "trials",
            "n",
            "failures",
            "psnr_mean",
            "psnr_sd",
            "psnr_median",
            "ms_ssim_mean",
            "ms_ssim_sd",
            "ms_ssim_median",
            "lambda_min_median",
            "lambda_min_median_lower",
            "lambda_min_median_upper",
            "lambda_min_n",
            "lambda_min_unresolved");
    Map<String, @Nullable Object> values = row == null ? Map.of() : row.values();
    columns.forEach(column -> cells.put(column + suffix, Format.exact(values.get(column))));
  }

  private static @Nullable String cell(
      @Nullable ComparisonRow row, Function<ComparisonRow, @Nullable String> text) {
    return row == null ? null : text.apply(row);
  }
}
