package io.eigensweep.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables as comma-separated values (RFC 4180, lines end with CR LF). No value is an empty field, an
 * empty text is {@code ""}.
 */
public final class Csv {
  private Csv() {}

  /** {@code table} with its header. */
  public static String render(Table table) {
    StringBuilder out = new StringBuilder(line(table.header()));
    for (List<@Nullable String> row : table.cells()) {
      out.append(line(row));
    }
    return out.toString();
  }

  /** One line, with its end; null is no value. */
  public static String line(List<@Nullable String> cells) {
    return cells.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(@Nullable String cell) {
    if (cell == null) {
      return "";
    }
    boolean quoted =
        cell.isEmpty()
            || cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
