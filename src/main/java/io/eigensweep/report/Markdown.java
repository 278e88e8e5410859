package io.eigensweep.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables as Markdown that is also readable as it stands: columns are padded, numbers right-aligned,
 * best values bold. Whatever a cell holds is shown as text: no markup, no HTML, no line breaks.
 */
public final class Markdown {
  private static final String MARKUP = "\\`*[]|";

  private Markdown() {}

  /** {@code table} with a line break after each line. */
  public static String render(Table table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.header().stream().map(Markdown::text).toList());
    for (int row = 0; row < table.cells().size(); row++) {
      lines.add(line(table, row));
    }
    StringBuilder out = new StringBuilder();
    int columns = table.header().size();
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int index = column;
      widths[column] =
          Math.max(3, lines.stream().mapToInt(line -> width(line.get(index))).max().orElse(0));
      right[column] = numeric(table, column);
    }
    append(out, lines.get(0), widths, right);
    rule(out, widths, right);
    lines.subList(1, lines.size()).forEach(line -> append(out, line, widths, right));
    return out.toString();
  }

  /** {@code plain} as Markdown that shows exactly that text, on one line. */
  public static String text(String plain) {
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        // Before a blank neither can begin or end a tag: "< 3e-29" stays readable.
        case '<' -> out.append(blankAt(plain, i + 1) ? "<" : "&lt;");
        case '>' -> out.append(blankAt(plain, i + 1) ? ">" : "&gt;");
        case '_' -> out.append(insideWord(plain, i) ? "_" : "\\_");
        default -> {
          if (MARKUP.indexOf(c) >= 0) {
            out.append('\\');
          }
          out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
        }
      }
    }
    return out.toString();
  }

  private static boolean blankAt(String text, int index) {
    return index < text.length() && text.charAt(index) == ' ';
  }

  private static boolean insideWord(String text, int index) {
    return index > 0
        && index + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(index - 1))
        && Character.isLetterOrDigit(text.charAt(index + 1));
  }

  private static List<String> line(Table table, int row) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < table.header().size(); column++) {
      String cell = table.cells().get(row).get(column);
      String text = cell == null ? "" : text(cell);
      boolean best = table.best().contains(new Table.Cell(row, column));
      cells.add(best && !text.isEmpty() ? "**" + text + "**" : text);
    }
    return cells;
  }

  /** Whether a column has numbers only, perhaps with bounds, signs or deviations. */
  static boolean numeric(Table table, int column) {
    boolean any = false;
    for (List<@Nullable String> row : table.cells()) {
      String cell = row.get(column);
      if (cell != null && !cell.isEmpty()) {
        any = true;
        if (!cell.matches("[<>]?\\s?[+\\-−]?[0-9].*")) {
          return false;
        }
      }
    }
    return any;
  }

  private static void append(StringBuilder out, List<String> cells, int[] widths, boolean[] right) {
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths[column] - width(cell));
      out.append(column == 0 ? "| " : " | ");
      out.append(right[column] ? padding + cell : cell + padding);
    }
    out.append(" |\n");
  }

  private static void rule(StringBuilder out, int[] widths, boolean[] right) {
    for (int column = 0; column < widths.length; column++) {
      out.append(column == 0 ? "| " : " | ");
      out.append("-".repeat(widths[column] - (right[column] ? 1 : 0)));
      out.append(right[column] ? ":" : "");
    }
    out.append(" |\n");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
