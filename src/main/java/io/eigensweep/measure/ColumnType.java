package io.eigensweep.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The type of a column, spelled as Spark SQL spells it. */
public sealed interface ColumnType {

  /** The type's name in Spark SQL, for example {@code array<double>}. */
  String sql();

  /** A single value. */
  enum Scalar implements ColumnType {
    /** {@link String}. */
    STRING,
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link Integer}. */
    INT,
    /** {@link Long}. */
    BIGINT,
    /** {@link Double}; finite or NULL, never NaN or infinite. */
    DOUBLE,
    /** {@link java.time.Instant}, stored in UTC with microseconds. */
    TIMESTAMP;

    @Override
    public String sql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A list ({@link List}, or {@code double[]} for doubles). */
  record ListOf(ColumnType element) implements ColumnType {
    @Override
    public String sql() {
      return "array<" + element.sql() + ">";
    }
  }

  /** Named values: a {@link List} with one entry for each field, in their order. */
  record Struct(List<Field> fields) implements ColumnType {
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public String sql() {
      return fields.stream()
          .map(field -> field.name() + ":" + field.type().sql())
          .collect(Collectors.joining(",", "struct<", ">"));
    }
  }
}
