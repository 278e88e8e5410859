package io.eigensweep.measure;

/**
 * What a table says of one of its columns.
 *
 * @param name snake case
 * @param type of its values
 * @param nullable whether it can be NULL
 * @param unit of its values, empty for pure numbers and names
 * @param meaning one sentence without a final stop
 */
public record Field(String name, ColumnType type, boolean nullable, String unit, String meaning) {

  /** Meaning and unit, as the comment of a column in SQL. */
  public String described() {
    return unit.isEmpty() ? meaning : meaning + " [" + unit + "]";
  }
}
