package io.eigensweep.result;

import io.eigensweep.measure.Field;
import io.eigensweep.measure.Measure;
import io.eigensweep.trial.TrialResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a trial's row: what it is called, what it means, and where its value comes from.
 *
 * @param field name, type and meaning
 * @param value reads it from a row
 */
public record Column(Field field, Function<Row, @Nullable Object> value) {

  /** The column of {@code measure}. */
  static Column of(Measure<TrialResult, ?> measure) {
    return new Column(measure.field(), row -> measure.value().apply(row.result()));
  }

  /** Snake case. */
  public String name() {
    return field.name();
  }
}
