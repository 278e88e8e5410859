package io.eigensweep.tables;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The result of a query as plain values: lists for arrays, maps for structs. */
public final class Query {
  private final Dataset<Row> result;

  Query(Dataset<Row> result) {
    this.result = result;
  }

  /** The names of the columns. */
  public List<String> columns() {
    return List.of(result.columns());
  }

  /** The rows, each with one value per column; fetched partition by partition. */
  public Iterator<List<@Nullable Object>> rows() {
    Iterator<Row> rows = result.toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public List<@Nullable Object> next() {
        return values(rows.next());
      }
    };
  }

  private static List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      values.add(plain(row.get(i)));
    }
    return values;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Row row) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      StructType schema = row.schema();
      for (int i = 0; i < row.size(); i++) {
        fields.put(schema == null ? "_" + (i + 1) : schema.fieldNames()[i], plain(row.get(i)));
      }
      return fields;
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      List<@Nullable Object> entries = new ArrayList<>(seq.size());
      scala.jdk.javaapi.CollectionConverters.asJava(seq).forEach(e -> entries.add(plain(e)));
      return entries;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
      scala.jdk.javaapi.CollectionConverters.asJava(map)
          .forEach((key, entry) -> entries.put(String.valueOf(plain(key)), plain(entry)));
      return entries;
    }
    if (value instanceof byte[] bytes) {
      return java.util.HexFormat.of().formatHex(bytes);
    }
    return value;
  }
}
