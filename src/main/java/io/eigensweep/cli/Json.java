package io.eigensweep.cli;

import io.eigensweep.settings.CanonicalJson;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON text of plain values: {@code null}, booleans, numbers, strings, lists, maps. Numbers
 * that JSON has no words for (NaN, infinities) become strings, and so does every other type.
 */
final class Json {
  private Json() {}

  /** {@code value} on one line. */
  static String of(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator).append(CanonicalJson.string(Objects.toString(entry.getKey())));
        write(entry.getValue(), out.append(':'));
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (Iterator<?> entries = list.iterator(); entries.hasNext(); ) {
        write(entries.next(), out);
        out.append(entries.hasNext() ? "," : "");
      }
      out.append(']');
    } else if (value instanceof Boolean || isNumber(value)) {
      out.append(Cells.text(value));
    } else {
      out.append(CanonicalJson.string(Cells.text(value)));
    }
  }

  private static boolean isNumber(Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number);
    }
    return value instanceof Float number ? Float.isFinite(number) : value instanceof Number;
  }
}
