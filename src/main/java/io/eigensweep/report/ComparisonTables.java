package io.eigensweep.report;

import static io.eigensweep.measure.KernelMeasures.LAMBDA_MIN;
import static io.eigensweep.measure.KernelMeasures.LAMBDA_MIN_NO_GRID;
import static io.eigensweep.measure.KernelMeasures.SCHUR_BOUND;
import static io.eigensweep.measure.KernelMeasures.WEYL_SLACK;
import static io.eigensweep.measure.QualityMeasures.JPEG_MS_SSIM;
import static io.eigensweep.measure.QualityMeasures.JPEG_PSNR;
import static io.eigensweep.measure.QualityMeasures.MS_SSIM;
import static io.eigensweep.measure.QualityMeasures.PSNR;
import static io.eigensweep.measure.QualityMeasures.SSIM;
import static io.eigensweep.measure.RunMeasures.NTK_SECONDS;
import static io.eigensweep.measure.RunMeasures.TRAIN_SECONDS;
import static io.eigensweep.measure.TrainingMeasures.PARAMETERS;

import io.eigensweep.aggregate.Censored;
import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.Moments;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.measure.Eigenvalue;
import io.eigensweep.measure.Field;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
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

  /**
   * The columns of a table.
   *
   * @param narrow whether it is for a terminal
   */
  private record Layout(List<View> views, boolean narrow) {}

  private static final Layout NARROW =
      narrow(
          view("n", row -> Integer.toString(row.n())),
          view("failed", row -> Integer.toString(row.failures())),
          ranked("PSNR dB", PSNR, moments -> Format.moments(moments, 2), Moments::mean),
          ranked("SSIM", SSIM, moments -> Format.mean(moments, 3), Moments::mean),
          ranked("MS-SSIM", MS_SSIM, moments -> Format.mean(moments, 3), Moments::mean),
          lambdaMin(),
          view("Δ identity", row -> Format.meanDifference(row.identity().of(PSNR).moments(), 2)),
          view("Δ fourier", row -> Format.meanDifference(row.fourier().of(PSNR).moments(), 2)),
          view("parameters", ComparisonTables::parameters));

  private static final Layout WIDE =
      wide(
          view("n", row -> Integer.toString(row.n())),
          view("failed", row -> Integer.toString(row.failures())),
          ranked("PSNR dB", PSNR, moments -> Format.moments(moments, 2), Moments::mean),
          ranked("median", PSNR, moments -> Format.median(moments, 2), Moments::median),
          ranked("SSIM", SSIM, moments -> Format.moments(moments, 3), Moments::mean),
          ranked("MS-SSIM", MS_SSIM, moments -> Format.moments(moments, 3), Moments::mean),
          lambdaMin(),
          view("unresolved", row -> Format.unresolved(median(row, LAMBDA_MIN))),
          view("λ_min, no grid", row -> Format.eigenvalue(median(row, LAMBDA_MIN_NO_GRID))),
          view("Weyl slack", row -> Format.small(row.moments(WEYL_SLACK).median())),
          view("Schur bound", row -> Format.small(row.moments(SCHUR_BOUND).median())),
          view("Δ PSNR identity", row -> Format.difference(row.identity().of(PSNR), 2)),
          view("Δ MS-SSIM identity", row -> Format.difference(row.identity().of(MS_SSIM), 3)),
          view("λ_min orders identity", row -> Format.orders(row.identity().orders())),
          view("Δ PSNR fourier", row -> Format.difference(row.fourier().of(PSNR), 2)),
          view("Δ MS-SSIM fourier", row -> Format.difference(row.fourier().of(MS_SSIM), 3)),
          view("λ_min orders fourier", row -> Format.orders(row.fourier().orders())),
          view("parameters", ComparisonTables::parameters),
          new View(
              "PSNR dB/byte",
              row -> Format.small(row.psnrPerParameterByte()),
              ComparisonRow::psnrPerParameterByte),
          view("JPEG PSNR dB", ComparisonTables::jpeg),
          view("JPEG MS-SSIM", row -> Format.mean(row.moments(JPEG_MS_SSIM), 3)),
          view("train s", row -> Format.mean(row.moments(TRAIN_SECONDS), 1)),
          view("kernel s", row -> Format.mean(row.moments(NTK_SECONDS), 1)));

  /** Columns before λ_min, where there are values of them. */
  private static final List<Measure<TrialResult, Double>> SHOWN =
      Measures.shown().stream()
          .filter(measure -> !List.of(SSIM, MS_SSIM).contains(measure)) // which have fixed ones
          .toList();

  private static final String LAMBDA_HEADER = "λ_min";

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

  /** The columns of {@link #printed(List)} by resolution. */
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

  private static Layout printed() {
    return wide(
        WIDE.views().stream().filter(view -> PRINTED.contains(view.header())).toArray(View[]::new));
  }

  private static Layout narrow(View... views) {
    return new Layout(List.of(views), true);
  }

  private static Layout wide(View... views) {
    return new Layout(List.of(views), false);
  }

  private static Table comparison(List<ComparisonRow> rows, Layout layout) {
    List<List<String>> names = rows.stream().map(row -> List.of(row.setting())).toList();
    return table(List.of("Setting"), names, rows, layout);
  }

  private static Table resolution(List<ResolutionRow> rows, Layout layout) {
    List<List<String>> names =
        rows.stream()
            .map(row -> List.of(row.setting(), Integer.toString(row.resolution())))
            .toList();
    return table(
        List.of("Setting", "R"),
        names,
        rows.stream().map(ResolutionRow::statistics).toList(),
        layout);
  }

  /**
   * The columns of {@code layout}, with those of {@link #SHOWN} that some of {@code rows} has
   * values of.
   */
  private static List<View> withShown(List<ComparisonRow> rows, Layout layout) {
    List<View> all = new ArrayList<>(layout.views());
    int at = 0;
    while (!all.get(at).header().equals(LAMBDA_HEADER)) {
      at++;
    }
    for (Measure<TrialResult, Double> measure : SHOWN) {
      boolean room = !layout.narrow() || Objects.requireNonNull(measure.view()).narrow();
      if (room && rows.stream().anyMatch(row -> row.moments(measure).n() > 0)) {
        all.add(at++, shown(measure));
      }
    }
    return all;
  }

  private static View shown(Measure<TrialResult, Double> measure) {
    Measure.View view = Objects.requireNonNull(measure.view());
    Function<ComparisonRow, @Nullable String> mean =
        row -> Format.mean(row.moments(measure), view.decimals());
    return switch (view.best()) {
      case HIGHEST -> new View(view.header(), mean, row -> row.moments(measure).mean());
      case LOWEST -> new View(view.header(), mean, row -> negative(row.moments(measure).mean()));
      case NONE -> view(view.header(), mean);
    };
  }

  private static @Nullable Double negative(@Nullable Double value) {
    return value == null ? null : -value;
  }

  private static Table table(
      List<String> firstHeaders,
      List<List<String>> firstCells,
      List<ComparisonRow> rows,
      Layout layout) {
    List<View> views = withShown(rows, layout);
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

  /**
   * The best cells of a column, of the settings that lost the fewest trials; none where there is
   * nothing to compare.
   */
  private static Set<Table.Cell> best(List<ComparisonRow> rows, View view, int column) {
    Function<ComparisonRow, @Nullable Double> value = view.best();
    if (value == null) {
      return Set.of();
    }
    List<ComparisonRow> valued = rows.stream().filter(row -> value.apply(row) != null).toList();
    List<ComparisonRow> competing = Comparison.competing(valued);
    OptionalDouble highest =
        competing.stream().mapToDouble(row -> Objects.requireNonNull(value.apply(row))).max();
    Set<Table.Cell> best = new HashSet<>();
    for (int row = 0; row < rows.size() && valued.size() > 1; row++) {
      Double own = value.apply(rows.get(row));
      boolean competes = rows.get(row).lost() == competing.get(0).lost();
      if (competes && own != null && own == highest.getAsDouble()) {
        best.add(new Table.Cell(row, column));
      }
    }
    return best;
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

  private static Censored median(ComparisonRow row, Eigenvalue eigenvalue) {
    return row.statistics().median(eigenvalue);
  }

  private static @Nullable String parameters(ComparisonRow row) {
    return Format.count(row.statistics().largest(PARAMETERS));
  }

  /** "best" where more bytes would not have made any of the files better. */
  private static @Nullable String jpeg(ComparisonRow row) {
    Moments psnr = row.moments(JPEG_PSNR);
    String mean = Format.mean(psnr, 2);
    int best = row.statistics().count("jpeg_best");
    return mean != null && best > 0 && best == psnr.n() ? mean + ", best" : mean;
  }

  private static View lambdaMin() {
    return new View(
        LAMBDA_HEADER,
        row -> Format.eigenvalue(median(row, LAMBDA_MIN)),
        row -> median(row, LAMBDA_MIN).value());
  }

  private static View view(String header, Function<ComparisonRow, @Nullable String> text) {
    return new View(header, text, null);
  }

  private static View ranked(
      String header,
      Measure<TrialResult, Double> measure,
      Function<Moments, @Nullable String> text,
      Function<Moments, @Nullable Double> best) {
    return new View(
        header, row -> text.apply(row.moments(measure)), row -> best.apply(row.moments(measure)));
  }
}
