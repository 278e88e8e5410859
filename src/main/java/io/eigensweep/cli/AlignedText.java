package io.eigensweep.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table for eyes: columns padded to their widest cell, numbers to the right. */
final class AlignedText {
  private static final int WIDEST = 60;

  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;
  private final boolean[] numeric;

  AlignedText(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.widths = columns.stream().mapToInt(AlignedText::width).toArray();
    this.numeric = new boolean[columns.size()];
  }

  void add(List<@Nullable Object> values) {
    List<String> row = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      String text = value == null ? "NULL" : shortened(Cells.text(value));
      numeric[i] |= value instanceof Number;
      widths[i] = Math.max(widths[i], width(text));
      row.add(text);
    }
    rows.add(row);
  }

  void print(PrintStream out) {
    out.print(line(columns) + "\n");
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    out.print(line(rules) + "\n");
    for (List<String> row : rows) {
      out.print(line(row) + "\n");
    }
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(numeric[i] ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  /** One line, at most {@link #WIDEST} characters: whole values are for the other formats. */
  private static String shortened(String text) {
    String line = text.replaceAll("\\R", "⏎");
    return width(line) <= WIDEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
