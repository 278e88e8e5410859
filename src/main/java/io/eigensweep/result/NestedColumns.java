package io.eigensweep.result;

import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.ColumnType.ListOf;
import io.eigensweep.result.ColumnType.Scalar;
import io.eigensweep.result.ColumnType.Struct;
import io.eigensweep.training.CurvePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The learning curve and the spectra inside a trial's row. */
final class NestedColumns {

  /** One field of a struct and where its value comes from. */
  private record Part<T>(Field field, Function<T, @Nullable Object> value) {}

  private static final List<Part<CurvePoint>> CURVE =
      List.of(
          part("epoch", Scalar.INT, false, "epochs", "completed epochs", CurvePoint::epoch),
          part(
              "loss",
              Scalar.DOUBLE,
              true,
              "",
              "mean over the epoch's batches of the loss before each step; at epoch 0 of the initial"
                  + " network on the whole signal; NULL when not finite",
              CurvePoint::loss),
          part(
              "psnr",
              Scalar.DOUBLE,
              true,
              "dB",
              "PSNR on the whole signal after the epoch, NULL where it was not computed",
              CurvePoint::psnr),
          part(
              "seconds",
              Scalar.DOUBLE,
              true,
              "s",
              "training time since the start, kernels and evaluation not counted",
              CurvePoint::seconds));

  private static final List<Part<Spectrum>> SPECTRUM =
      List.of(
          part(
              "epoch",
              Scalar.INT,
              false,
              "epochs",
              "completed epochs of training",
              Spectrum::epoch),
          part(
              "term",
              Scalar.STRING,
              false,
              "",
              "term of the kernel: total, mlp or grid",
              Spectrum::term),
          part(
              "method",
              Scalar.STRING,
              false,
              "",
              "how the eigenvalues were computed",
              Spectrum::method),
          part(
              "floor",
              Scalar.DOUBLE,
              true,
              "",
              "rounding floor: no eigenvalue is known better than ± floor",
              Spectrum::floor),
          part(
              "negatives",
              Scalar.INT,
              false,
              "",
              "computed eigenvalues below zero",
              Spectrum::negatives),
          part("rank", Scalar.INT, false, "", "eigenvalues above the floor", Spectrum::rank),
          part(
              "lambda_min",
              Scalar.DOUBLE,
              true,
              "",
              "smallest eigenvalue, NULL when it is not resolved",
              NestedColumns::lambdaMin),
          part(
              "lambda_min_lower",
              Scalar.DOUBLE,
              true,
              "",
              "lower bound of the smallest eigenvalue",
              Spectrum::lambdaMinLower),
          part(
              "lambda_min_upper",
              Scalar.DOUBLE,
              true,
              "",
              "upper bound of the smallest eigenvalue",
              Spectrum::lambdaMinUpper),
          part(
              "resolved",
              Scalar.BOOLEAN,
              false,
              "",
              "whether the smallest eigenvalue is known: lower > 0 and upper ≤ 2·lower",
              Spectrum::resolved),
          part("lambda_max", Scalar.DOUBLE, true, "", "largest eigenvalue", Spectrum::lambdaMax),
          part(
              "eigenvalues",
              new ListOf(Scalar.DOUBLE),
              false,
              "",
              "all eigenvalues, ascending, as computed, never clipped",
              Spectrum::eigenvalues));

  static final List<Field> CURVE_FIELDS = CURVE.stream().map(Part::field).toList();
  static final List<Field> SPECTRUM_FIELDS = SPECTRUM.stream().map(Part::field).toList();

  static final Column CURVE_COLUMN =
      new Column(
          "curve",
          new ListOf(new Struct(CURVE_FIELDS)),
          true,
          "",
          "learning curve; NULL when training was not reached",
          row ->
              row.result().training() == null
                  ? null
                  : structs(row.result().training().curve(), CURVE));

  static final Column SPECTRA_COLUMN =
      new Column(
          "spectra",
          new ListOf(new Struct(SPECTRUM_FIELDS)),
          true,
          "",
          "spectra of every term at every checkpoint; NULL when no kernel was computed",
          row ->
              row.result().kernel() == null
                  ? null
                  : structs(row.result().kernel().spectra(), SPECTRUM));

  private NestedColumns() {}

  /** The smallest eigenvalue of {@code spectrum}, or null: an unresolved one is never a value. */
  static @Nullable Double lambdaMin(Spectrum spectrum) {
    return spectrum.resolved() ? spectrum.lambdaMin() : null;
  }

  private static <T> Part<T> part(
      String name,
      ColumnType type,
      boolean nullable,
      String unit,
      String meaning,
      Function<T, @Nullable Object> value) {
    return new Part<>(new Field(name, type, nullable, unit, meaning), value);
  }

  private static <T> List<List<@Nullable Object>> structs(List<T> entries, List<Part<T>> parts) {
    List<List<@Nullable Object>> structs = new ArrayList<>(entries.size());
    for (T entry : entries) {
      List<@Nullable Object> values = new ArrayList<>(parts.size());
      for (Part<T> part : parts) {
        values.add(part.value().apply(entry));
      }
      structs.add(values);
    }
    return structs;
  }
}
