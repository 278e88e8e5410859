package io.eigensweep.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the values of a row. */
final class Rows {
  private Rows() {}

  /** A number, NaN where it is NULL or missing. */
  static double number(Map<String, @Nullable Object> row, String column) {
    return row.get(column) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** The structs of a nested column; none where it is NULL. */
  static List<Map<String, @Nullable Object>> structs(
      Map<String, @Nullable Object> row, String column) {
    List<Map<String, @Nullable Object>> structs = new ArrayList<>();
    if (row.get(column) instanceof List<?> list) {
      for (Object entry : list) {
        Map<String, @Nullable Object> struct = new KnownNames(Map.of(), Set.of());
        ((Map<?, ?>) Objects.requireNonNull(entry))
            .forEach((key, value) -> struct.put(String.valueOf(key), value));
        structs.add(struct);
      }
    }
    return structs;
  }

  /** One field of the structs of a nested column. */
  static double[] field(Map<String, @Nullable Object> row, String column, String field) {
    return structs(row, column).stream().mapToDouble(struct -> number(struct, field)).toArray();
  }

  /** A list of numbers; empty where it is NULL. */
  static double[] numbers(Map<String, @Nullable Object> row, String column) {
    return row.get(column) instanceof List<?> list
        ? list.stream()
            .mapToDouble(value -> value instanceof Number n ? n.doubleValue() : Double.NaN)
            .toArray()
        : new double[0];
  }

  /** The spectra by epoch, term and scope, for example {@code spectra[300 total sample]}. */
  static Map<String, Map<String, @Nullable Object>> spectra(Map<String, @Nullable Object> row) {
    Map<String, Map<String, @Nullable Object>> spectra = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> spectrum : structs(row, "spectra")) {
      spectra.put(
          "spectra["
              + spectrum.get("epoch")
              + " "
              + spectrum.get("term")
              + " "
              + spectrum.get("scope")
              + "]",
          spectrum);
    }
    return spectra;
  }
}
