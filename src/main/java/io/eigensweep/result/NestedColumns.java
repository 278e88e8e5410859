package io.eigensweep.result;

import io.eigensweep.measure.ColumnType;
import io.eigensweep.measure.ColumnType.ListOf;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.ColumnType.Struct;
import io.eigensweep.measure.Field;
import io.eigensweep.training.CurvePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The learning curve inside a trial's row, and what nested columns are made of. */
final class NestedColumns {

  /** One field of a struct and where its value comes from. */
  record Part<T>(Field field, Function<T, @Nullable Object> value) {}

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

  static final List<Field> CURVE_FIELDS = CURVE.stream().map(Part::field).toList();

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

  private NestedColumns() {}

  static <T> Part<T> part(
      String name,
      ColumnType type,
      boolean nullable,
      String unit,
      String meaning,
      Function<T, @Nullable Object> value) {
    return new Part<>(new Field(name, type, nullable, unit, meaning), value);
  }

  /** The values of {@code entries}, one list for each. */
  static <T> List<List<@Nullable Object>> structs(List<T> entries, List<Part<T>> parts) {
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
