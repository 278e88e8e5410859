package io.eigensweep.result;

import io.eigensweep.measure.ColumnType;
import io.eigensweep.measure.ColumnType.ListOf;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.ColumnType.Struct;
import io.eigensweep.measure.Field;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.parquet.schema.GroupType;
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

  /** The schema of a flat table: any column of it may be NULL, as rows of any program come in. */
  static MessageType table(List<Field> fields) {
    return new MessageType(
        "table",
        fields.stream()
            .map(field -> type(field.name(), field.type(), Repetition.OPTIONAL))
            .toArray(Type[]::new));
  }

  /** What a program with other columns has another value of. */
  static String fingerprint(List<Column> columns) {
    CRC32C crc = new CRC32C();
    crc.update(of(columns).toString().getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  /**
   * Why rows of {@code file} are not rows of {@code wanted}; empty when they are. Columns that only
   * one of them has are no hindrance but for {@code needed}: they read as NULL.
   */
  static Optional<String> hindrance(GroupType file, GroupType wanted, Collection<String> needed) {
    for (String name : needed) {
      if (!file.containsField(name)) {
        return Optional.of("it has no " + name);
      }
    }
    for (Type type : wanted.getFields()) {
      if (!file.containsField(type.getName())) {
        continue;
      }
      Type stored = file.getType(type.getName());
      if (stored.isPrimitive() && type.isPrimitive()) {
        if (!kind(stored).equals(kind(type))) {
          return Optional.of(
              "its " + type.getName() + " is " + kind(stored) + ", not " + kind(type));
        }
      } else if (stored.isPrimitive() || type.isPrimitive()) {
        return Optional.of("its " + type.getName() + " has another type");
      } else {
        Optional<String> inner = hindrance(stored.asGroupType(), type.asGroupType(), List.of());
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  private static String kind(Type type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return type.asPrimitiveType().getPrimitiveTypeName() + (meaning == null ? "" : " " + meaning);
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
