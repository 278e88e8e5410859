package io.eigensweep.report;

import io.eigensweep.aggregate.Against;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.measure.Field;
import io.eigensweep.result.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The comparison as tables of text: a narrow one for a terminal, one with every deviation, and one
 * with every column and digit. Best values are marked among settings with a value; an unresolved
 * eigenvalue is never the best.
 */
public final class ComparisonTables {

  /** One column of text; {@code best} is the number that decides, larger is better. */
  private record View(
      String header,
      Function<ComparisonRow, @Nullable String> text,
      @Nullable Function<ComparisonRow, @Nullable Double> best) {}

  private static final List<View> NARROW =
      List.of(
          view("n", row -> Integer.toString(row.n())),
          view("failed", row -> Integer.toString(row.failures())),
          ranked("PSNR dB", row -> Format.moments(row.psnr(), 2), row -> row.psnr().mean()),
          ranked("SSIM", row -> Format.mean(row.ssim(), 3), row -> row.ssim().mean()),
          ranked("MS-SSIM", row -> Format.mean(row.msSsim(), 3), row -> row.msSsim().mean()),
          ranked(
              "λ_min", row -> Format.eigenvalue(row.lambdaMin()), row -> row.lambdaMin().value()),
          view("Δ identity", row -> Format.meanDifference(row.identity().psnr().moments(), 2)),
          view("Δ fourier", row -> Format.meanDifference(row.fourier().psnr().moments(), 2)),
          view("parameters", row -> Format.count(row.parameters())));

  private static final List<View> WIDE =
      List.of(
          view("n", row -> Integer.toString(row.n())),
          view("failed", row -> Integer.toString(row.failures())),
          ranked("PSNR dB", row -> Format.moments(row.psnr(), 2), row -> row.psnr().mean()),
          ranked("median", row -> Format.median(row.psnr(), 2), row -> row.psnr().median()),
          ranked("SSIM", row -> Format.moments(row.ssim(), 3), row -> row.ssim().mean()),
          ranked("MS-SSIM", row -> Format.moments(row.msSsim(), 3), row -> row.msSsim().mean()),
          ranked(
              "λ_min", row -> Format.eigenvalue(row.lambdaMin()), row -> row.lambdaMin().value()),
          view("unresolved", row -> Format.unresolved(row.lambdaMin())),
          view("λ_min, no grid", row -> Format.eigenvalue(row.lambdaMinNoGrid())),
          view("Weyl slack", row -> Format.small(row.weylSlack())),
          view("Schur bound", row -> Format.small(row.schurBound())),
          view("Δ PSNR identity", psnr(ComparisonRow::identity)),
          view("Δ MS-SSIM identity", msSsim(ComparisonRow::identity)),
          view("λ_min orders identity", orders(ComparisonRow::identity)),
          view("Δ PSNR fourier", psnr(ComparisonRow::fourier)),
          view("Δ MS-SSIM fourier", msSsim(ComparisonRow::fourier)),
          view("λ_min orders fourier", orders(ComparisonRow::fourier)),
          view("parameters", row -> Format.count(row.parameters())),
          ranked(
              "PSNR dB/byte",
              row -> Format.small(row.psnrPerParameterByte()),
              ComparisonRow::psnrPerParameterByte),
          view("JPEG PSNR dB", ComparisonTables::jpeg),
          view("JPEG MS-SSIM", row -> Format.mean(row.jpeg().msSsim(), 3)),
          view("train s", row -> Format.mean(row.trainSeconds(), 1)),
          view("kernel s", row -> Format.mean(row.ntkSeconds(), 1)));

  /** Columns before λ_min where there are surfaces. */
  private static final List<View> SURFACE =
      List.of(
          ranked(
              "IoU near",
              row -> Format.mean(row.surface().iouNear(), 3),
              row -> row.surface().iouNear().mean()),
          ranked(
              "F-score",
              row -> Format.mean(row.surface().fScore(), 3),
              row -> row.surface().fScore().mean()),
          view("Chamfer-L1", row -> Format.mean(row.surface().chamferL1(), 4)),
          ranked(
              "normals",
              row -> Format.mean(row.surface().normalConsistency(), 3),
              row -> row.surface().normalConsistency().mean()));

  /** Columns of {@link #WIDE} that a page has room for. */
  private static final Set<String> PRINTED =
      Set.of(
          "n",
          "failed",
          "PSNR dB",
          "MS-SSIM",
          "λ_min",
          "Δ PSNR identity",
          "Δ MS-SSIM identity",
          "λ_min orders identity",
          "Δ PSNR fourier",
          "Δ MS-SSIM fourier",
          "λ_min orders fourier");

  private ComparisonTables() {}

  /** The columns that fit a terminal. */
  public static Table narrow(List<ComparisonRow> rows) {
    return comparison(rows, NARROW);
  }

  /** The columns with every deviation. */
  public static Table wide(List<ComparisonRow> rows) {
    return comparison(rows, WIDE);
  }

  /** The columns of {@link #wide} that a page of a paper has room for. */
  public static Table printed(List<ComparisonRow> rows) {
    return comparison(rows, printed());
  }

  /** The same by resolution. */
  public static Table printedByResolution(List<ResolutionRow> rows) {
    return resolution(rows, printed());
  }

  /** Every column of {@link Tables#COMPARISON} with every digit. */
  public static Table full(List<ComparisonRow> rows) {
    return full(Tables.COMPARISON, rows.stream().map(ComparisonRow::values).toList());
  }

  /** The columns of {@link #narrow} by resolution. */
  public static Table narrowByResolution(List<ResolutionRow> rows) {
    return resolution(rows, NARROW);
  }

  /** The columns of {@link #wide} by resolution. */
  public static Table wideByResolution(List<ResolutionRow> rows) {
    return resolution(rows, WIDE);
  }

  /** Every column of {@link Tables#RESOLUTION} with every digit. */
  public static Table fullByResolution(List<ResolutionRow> rows) {
    return full(Tables.RESOLUTION, rows.stream().map(ResolutionRow::values).toList());
  }

  private static List<View> printed() {
    return WIDE.stream().filter(view -> PRINTED.contains(view.header())).toList();
  }

  private static Table comparison(List<ComparisonRow> rows, List<View> views) {
    List<List<String>> names = rows.stream().map(row -> List.of(row.setting())).toList();
    return table(List.of("Setting"), names, rows, views);
  }

  private static Table resolution(List<ResolutionRow> rows, List<View> views) {
    List<List<String>> names =
        rows.stream()
            .map(row -> List.of(row.setting(), Integer.toString(row.resolution())))
            .toList();
    return table(
        List.of("Setting", "R"),
        names,
        rows.stream().map(ResolutionRow::statistics).toList(),
        views);
  }

  /** {@code views}, with {@link #SURFACE} where {@code rows} have surfaces. */
  private static List<View> withSurfaces(List<ComparisonRow> rows, List<View> views) {
    if (rows.stream().noneMatch(row -> row.surface().isPresent())) {
      return views;
    }
    List<View> all = new ArrayList<>(views);
    int at = 0;
    while (!all.get(at).header().equals("λ_min")) {
      at++;
    }
    all.addAll(at, SURFACE);
    return all;
  }

  private static Table table(
      List<String> firstHeaders,
      List<List<String>> firstCells,
      List<ComparisonRow> rows,
      List<View> columns) {
    List<View> views = withSurfaces(rows, columns);
    List<String> header = new ArrayList<>(firstHeaders);
    views.forEach(view -> header.add(view.header()));
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<@Nullable String> line = new ArrayList<>(firstCells.get(i));
      for (View view : views) {
        line.add(view.text().apply(rows.get(i)));
      }
      cells.add(line);
    }
    Set<Table.Cell> best = new HashSet<>();
    for (int i = 0; i < views.size(); i++) {
      best.addAll(best(rows, views.get(i), firstHeaders.size() + i));
    }
    return new Table(header, cells, best);
  }

  /** The best cells of a column; none where there is nothing to compare. */
  private static Set<Table.Cell> best(List<ComparisonRow> rows, View view, int column) {
    Set<Table.Cell> best = new HashSet<>();
    double highest = Double.NEGATIVE_INFINITY;
    int values = 0;
    for (int row = 0; row < rows.size(); row++) {
      Double value = view.best() == null ? null : view.best().apply(rows.get(row));
      if (value == null) {
        continue;
      }
      values++;
      if (value > highest) {
        best.clear();
        highest = value;
      }
      if (value == highest) {
        best.add(new Table.Cell(row, column));
      }
    }
    return values < 2 ? Set.of() : best;
  }

  private static Table full(List<Field> fields, List<Map<String, @Nullable Object>> rows) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      List<@Nullable String> line = new ArrayList<>();
      for (Field field : fields) {
        line.add(Format.exact(row.get(field.name())));
      }
      cells.add(line);
    }
    return new Table(fields.stream().map(Field::name).toList(), cells);
  }

  private static Function<ComparisonRow, @Nullable String> psnr(
      Function<ComparisonRow, Against> against) {
    return row -> Format.difference(against.apply(row).psnr(), 2);
  }

  private static Function<ComparisonRow, @Nullable String> msSsim(
      Function<ComparisonRow, Against> against) {
    return row -> Format.difference(against.apply(row).msSsim(), 3);
  }

  private static Function<ComparisonRow, @Nullable String> orders(
      Function<ComparisonRow, Against> against) {
    return row -> Format.orders(against.apply(row).orders());
  }

  private static @Nullable String jpeg(ComparisonRow row) {
    String mean = Format.mean(row.jpeg().psnr(), 2);
    return mean != null && row.jpeg().allBest() ? mean + ", best" : mean;
  }

  private static View view(String header, Function<ComparisonRow, @Nullable String> text) {
    return new View(header, text, null);
  }

  private static View ranked(
      String header,
      Function<ComparisonRow, @Nullable String> text,
      Function<ComparisonRow, @Nullable Double> best) {
    return new View(header, text, best);
  }
}
