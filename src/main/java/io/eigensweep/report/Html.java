package io.eigensweep.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text and tables as HTML. Whatever a cell holds is shown as text; the first column heads its row,
 * numbers are right-aligned, best values are marked by class and for screen readers.
 */
public final class Html {
  private static final int LONG = 40;

  private Html() {}

  /**
   * {@code plain} as HTML, inside an element or a quoted attribute, that shows exactly that text.
   */
  public static String text(String plain) {
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return out.toString();
  }

  /** {@code table} under {@code caption}, in a box that scrolls by itself. */
  public static String render(Table table, String caption, String cssClass) {
    StringBuilder out = new StringBuilder();
    out.append("<div class=\"scroll ").append(cssClass);
    out.append("\" role=\"region\" tabindex=\"0\" aria-label=\"").append(text(caption));
    out.append("\"><table><caption>").append(text(caption)).append("</caption>\n<thead><tr>");
    boolean[] numeric = new boolean[table.header().size()];
    for (int column = 0; column < numeric.length; column++) {
      numeric[column] = column > 0 && Markdown.numeric(table, column);
      out.append("<th scope=\"col\"").append(numeric[column] ? " class=\"n\">" : ">");
      out.append(text(table.header().get(column))).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < table.cells().size(); row++) {
      out.append("<tr>");
      List<@Nullable String> cells = table.cells().get(row);
      for (int column = 0; column < numeric.length; column++) {
        boolean best = table.best().contains(new Table.Cell(row, column));
        cell(out, column, cells.get(column), numeric[column], best);
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>\n").toString();
  }

  private static void cell(
      StringBuilder out, int column, @Nullable String cell, boolean numeric, boolean best) {
    String shown = cell == null ? "–" : text(cell);
    if (column == 0) {
      out.append("<th scope=\"row\">").append(shown).append("</th>");
      return;
    }
    StringBuilder classes = new StringBuilder();
    classes.append(numeric ? "n " : "").append(best ? "best " : "");
    classes.append(cell == null ? "none " : cell.length() > LONG ? "long " : "");
    out.append("<td");
    if (!classes.isEmpty()) {
      out.append(" class=\"").append(classes.toString().strip()).append('"');
    }
    out.append(best ? " title=\"best of its column\">" : ">").append(shown).append("</td>");
  }
}
