package io.eigensweep.result;

import io.eigensweep.measure.ColumnType;
import io.eigensweep.measure.Field;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of a column of a trial's row: what it is called, what it means, and where its
 * value comes from.
 *
 * @param name snake case
 * @param type of its values
 * @param nullable whether it can be NULL
 * @param unit of its values, empty for pure numbers and names
 * @param meaning one sentence without a final stop
 * @param value reads it from a row
 */
public record Column(
    String name,
    ColumnType type,
    boolean nullable,
    String unit,
    String meaning,
    Function<Row, @Nullable Object> value) {

  Column(Field field, Function<Row, @Nullable Object> value) {
    this(field.name(), field.type(), field.nullable(), field.unit(), field.meaning(), value);
  }

  /** The column without its extractor. */
  public Field field() {
    return new Field(name, type, nullable, unit, meaning);
  }
}
