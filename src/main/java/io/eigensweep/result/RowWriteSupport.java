package io.eigensweep.result;

import io.eigensweep.measure.ColumnType;
import io.eigensweep.measure.ColumnType.ListOf;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.ColumnType.Struct;
import io.eigensweep.measure.Field;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands the values of {@link Tables#ROW} to Parquet; a double that is not finite becomes NULL. */
final class RowWriteSupport extends WriteSupport<Row> {
  private final List<Column> columns;
  private @Nullable RecordConsumer consumer;
  private String label = "";

  RowWriteSupport(List<Column> columns) {
    this.columns = columns;
  }

  @Override
  @SuppressWarnings("deprecation") // still abstract in Parquet 1.17
  public WriteContext init(Configuration configuration) {
    return new WriteContext(RowSchema.of(columns), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(Row row) {
    if (consumer == null) {
      throw new IllegalStateException("write before prepareForWrite");
    }
    label = RowLabel.text(row, RowFile.COLUMNS);
    consumer.startMessage();
    for (int i = 0; i < columns.size(); i++) {
      field(consumer, columns.get(i).field(), i, columns.get(i).value().apply(row));
    }
    consumer.endMessage();
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    return new FinalizedWriteContext(Map.of(RowLabel.KEY, label));
  }

  private static void field(RecordConsumer out, Field field, int index, @Nullable Object rawValue) {
    Object value = finite(rawValue);
    if (value == null) {
      if (!field.nullable()) {
        throw new IllegalStateException("column " + field.name() + " can't be NULL");
      }
      return;
    }
    out.startField(field.name(), index);
    value(out, field.type(), value);
    out.endField(field.name(), index);
  }

  private static @Nullable Object finite(@Nullable Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }

  private static void value(RecordConsumer out, ColumnType type, Object value) {
    if (type instanceof ListOf list) {
      list(out, list.element(), value);
    } else if (type instanceof Struct struct) {
      List<?> values = (List<?>) value;
      out.startGroup();
      for (int i = 0; i < struct.fields().size(); i++) {
        field(out, struct.fields().get(i), i, values.get(i));
      }
      out.endGroup();
    } else {
      scalar(out, (Scalar) type, value);
    }
  }

  private static void list(RecordConsumer out, ColumnType element, Object value) {
    List<?> entries =
        value instanceof double[] numbers
            ? Arrays.stream(numbers).boxed().toList()
            : (List<?>) value;
    out.startGroup();
    if (!entries.isEmpty()) {
      out.startField("list", 0);
      for (Object entry : entries) {
        out.startGroup();
        Object stored = finite(entry);
        if (stored != null) {
          out.startField("element", 0);
          value(out, element, stored);
          out.endField("element", 0);
        }
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
  }

  private static void scalar(RecordConsumer out, Scalar type, Object value) {
    switch (type) {
      case STRING -> out.addBinary(Binary.fromString((String) value));
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case INT -> out.addInteger((Integer) value);
      case BIGINT -> out.addLong((Long) value);
      case DOUBLE -> out.addDouble((Double) value);
      case TIMESTAMP -> out.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
    }
  }
}
