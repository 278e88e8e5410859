package io.eigensweep.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table for eyes: columns padded to their widest cell, numbers to the right. */
final class AlignedText {
  private static final int WIDEST = 120;

  /** Numbers with what a report puts around them: {@code < 3.1e-29}, {@code 39.80 ± 1.20}. */
  private static final Pattern NUMBER = Pattern.compile("[<>]? ?[+−-]?[0-9][0-9.,eE+− ±…-]*");

  private final List<String> columns;
  private final String absent;
  private final List<List<String>> rows = new ArrayList<>();
  private final int[] widths;
  private final boolean[] numbers;

  /**
   * An empty table.
   *
   * @param columns the header
   * @param absent what stands for no value
   */
  AlignedText(List<String> columns, String absent) {
    this.columns = List.copyOf(columns);
    this.absent = absent;
    this.widths = columns.stream().mapToInt(AlignedText::width).toArray();
    this.numbers = new boolean[columns.size()];
    Arrays.fill(numbers, true);
  }

  void add(List<? extends @Nullable Object> values) {
    List<String> row = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      String text = value == null ? absent : shortened(Cells.text(value));
      numbers[i] &= value == null || value instanceof Number || NUMBER.matcher(text).matches();
      widths[i] = Math.max(widths[i], width(text));
      row.add(text);
    }
    rows.add(row);
  }

  /** Prints the table, or as much of it as is read. */
  void print(PrintStream out) {
    out.print(line(columns) + "\n");
    out.print(line(Arrays.stream(widths).mapToObj("-"::repeat).toList()) + "\n");
    for (int i = 0; i < rows.size() && !out.checkError(); i++) {
      out.print(line(rows.get(i)) + "\n");
    }
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(numbers[i] ? padding + cells.get(i) : cells.get(i) + padding);
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
