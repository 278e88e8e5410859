package io.eigensweep.result;

import io.eigensweep.result.ColumnType.ListOf;
import io.eigensweep.result.ColumnType.Scalar;
import io.eigensweep.result.ColumnType.Struct;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The Parquet schema of columns: UTF-8 strings, UTC timestamps, lists in three levels. */
final class RowSchema {
  private RowSchema() {}

  static MessageType of(List<Column> columns) {
    Type[] types = columns.stream().map(column -> type(column.field())).toArray(Type[]::new);
    return new MessageType("trial", types);
  }

  private static Type type(Field field) {
    return type(
        field.name(), field.type(), field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED);
  }

  private static Type type(String name, ColumnType type, Repetition repetition) {
    if (type instanceof ListOf list) {
      // A double that is not finite is stored as NULL, inside a list too.
      Repetition entry =
          list.element() == Scalar.DOUBLE ? Repetition.OPTIONAL : Repetition.REQUIRED;
      return Types.list(repetition).element(type("element", list.element(), entry)).named(name);
    }
    if (type instanceof Struct struct) {
      Type[] fields = struct.fields().stream().map(RowSchema::type).toArray(Type[]::new);
      return Types.buildGroup(repetition).addFields(fields).named(name);
    }
    return switch ((Scalar) type) {
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
      case BIGINT -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(name);
    };
  }
}
