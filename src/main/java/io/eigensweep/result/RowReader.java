package io.eigensweep.result;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Turns Parquet groups into maps by the schema of the file, not by today's columns. */
final class RowReader {
  private RowReader() {}

  static Map<String, @Nullable Object> map(Group group) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    GroupType type = group.getType();
    for (int i = 0; i < type.getFieldCount(); i++) {
      values.put(type.getFieldName(i), value(group, i));
    }
    return values;
  }

  private static @Nullable Object value(Group group, int field) {
    if (group.getFieldRepetitionCount(field) == 0) {
      return null;
    }
    Type type = group.getType().getType(field);
    if (type.isPrimitive()) {
      return scalar(group, field, type);
    }
    Group nested = group.getGroup(field, 0);
    return type.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        ? list(nested)
        : map(nested);
  }

  private static List<@Nullable Object> list(Group group) {
    int size = group.getFieldRepetitionCount(0);
    List<@Nullable Object> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(value(group.getGroup(0, i), 0));
    }
    return entries;
  }

  private static Object scalar(Group group, int field, Type type) {
    PrimitiveTypeName name = type.asPrimitiveType().getPrimitiveTypeName();
    return switch (name) {
      case BOOLEAN -> group.getBoolean(field, 0);
      case INT32 -> group.getInteger(field, 0);
      case DOUBLE -> group.getDouble(field, 0);
      case BINARY -> group.getString(field, 0);
      case INT64 ->
          type.getLogicalTypeAnnotation()
                  instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation
              ? Instant.EPOCH.plus(group.getLong(field, 0), ChronoUnit.MICROS)
              : (Object) group.getLong(field, 0);
      default -> throw new IllegalStateException("a row has no " + name + ": " + type);
    };
  }
}
