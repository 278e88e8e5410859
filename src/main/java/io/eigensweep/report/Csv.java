package io.eigensweep.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables as comma-separated values (RFC 4180, but for lines that end with LF, as those of other
 * tools do). No value is an empty field, an empty text is {@code ""}. A text that spreadsheets
 * would take for a formula, because it begins with one of {@code = + - @}, a tab or a line's end,
 * has an apostrophe before it, by which they know text; numbers have none.
 */
public final class Csv {
  private static final String FORMULAS = "=+-@\t\r\n";

  /** Numbers, and what tables make of them: {@code -1.5e-3}, {@code -1.5 [-2, -1]}. */
  private static final Pattern NUMBERS =
      Pattern.compile("[-+]?(\\d|\\.\\d|Infinity)[-+\\d.,eE\\[\\]±<> ]*");

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
    return cells.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
  }

  private static String field(@Nullable String cell) {
    if (cell == null) {
      return "";
    }
    String text = isFormula(cell) ? "'" + cell : cell;
    boolean quoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** Whether a spreadsheet would compute {@code cell}, which may be the name of a picture. */
  private static boolean isFormula(String cell) {
    return !cell.isEmpty()
        && FORMULAS.indexOf(cell.charAt(0)) >= 0
        && !NUMBERS.matcher(cell).matches();
  }
}
