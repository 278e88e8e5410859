package io.eigensweep.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tables as LaTeX: a {@code tabular} with the rules of the package booktabs, to be read with {@code
 * \input}. Numbers are right-aligned, best values bold. Whatever a cell holds is set as text:
 * nothing in it is a command, and letters that pdflatex's standard fonts do not have are spelled by
 * code point.
 */
public final class Latex {
  private static final Pattern EXPONENT = Pattern.compile("(?<![A-Za-z0-9.])([0-9.]+)e(-?[0-9]+)");
  private static final Pattern NEGATIVE = Pattern.compile("(?<![A-Za-z0-9])-(?=[0-9])");
  private static final Map<Integer, String> COMMANDS = commands();

  private static final String SMALLEST = "λ_min";

  private Latex() {}

  /** {@code table} as a {@code tabular}. */
  public static String render(Table table) {
    int columns = table.header().size();
    StringBuilder out = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{tabular}{");
    for (int column = 0; column < columns; column++) {
      out.append(Markdown.numeric(table, column) ? 'r' : 'l');
    }
    out.append("}\n\\toprule\n");
    out.append(line(table.header().stream().map(Latex::text).toList()));
    out.append("\\midrule\n");
    for (int row = 0; row < table.cells().size(); row++) {
      out.append(line(cells(table, row)));
    }
    return out.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  /** {@code plain} as LaTeX that sets exactly that text, on one line. */
  public static String text(String plain) {
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i = plain.offsetByCodePoints(i, 1)) {
      if (plain.startsWith(SMALLEST, i)) {
        out.append("\\ensuremath{\\lambda_{\\min}}");
        i += SMALLEST.length() - 1;
      } else {
        out.append(letter(plain.codePointAt(i)));
      }
    }
    return out.toString();
  }

  private static String letter(int point) {
    String command = COMMANDS.get(point);
    if (command != null) {
      return command;
    }
    if (Character.isISOControl(point) || point == 0x2028 || point == 0x2029) {
      return " ";
    }
    return point < 0x7F || latinLetter(point)
        ? Character.toString(point)
        : String.format(Locale.ROOT, "{[}U+%04X{]}", point);
  }

  private static List<String> cells(Table table, int row) {
    List<@Nullable String> cells = table.cells().get(row);
    List<String> texts = new ArrayList<>(cells.size());
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String text = cell == null ? "" : cell(table, column, cell);
      boolean best = table.best().contains(new Table.Cell(row, column));
      texts.add(best && !text.isEmpty() ? "\\textbf{" + text + "}" : text);
    }
    return texts;
  }

  /** Numbers get a minus sign and powers of ten; everything else stays as it is. */
  private static String cell(Table table, int column, String cell) {
    if (!Markdown.numeric(table, column)) {
      return text(cell);
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    Matcher power = EXPONENT.matcher(cell);
    while (power.find()) {
      out.append(minus(cell.substring(done, power.start())));
      out.append("\\ensuremath{").append(power.group(1)).append("\\times 10^{");
      out.append(power.group(2)).append("}}");
      done = power.end();
    }
    return out.append(minus(cell.substring(done))).toString();
  }

  private static String minus(String number) {
    StringBuilder out = new StringBuilder();
    int done = 0;
    Matcher sign = NEGATIVE.matcher(number);
    while (sign.find()) {
      out.append(text(number.substring(done, sign.start()))).append("\\ensuremath{-}");
      done = sign.end();
    }
    return out.append(text(number.substring(done))).toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" & ", "", " \\\\\n"));
  }

  /** Letters of Latin-1 that pdflatex sets from any input in UTF-8: not Ð, Þ, ð, þ, × and ÷. */
  private static boolean latinLetter(int point) {
    return point >= 0xC0
        && point <= 0xFF
        && "\u00D0\u00DE\u00F0\u00FE\u00D7\u00F7".indexOf(point) < 0;
  }

  private static Map<Integer, String> commands() {
    Map<Integer, String> commands = new HashMap<>();
    for (char c : "&%$#_{}".toCharArray()) {
      commands.put((int) c, "\\" + c);
    }
    commands.put((int) '\\', "\\textbackslash{}");
    commands.put((int) '~', "\\textasciitilde{}");
    commands.put((int) '^', "\\textasciicircum{}");
    commands.put((int) '<', "\\ensuremath{<}");
    commands.put((int) '>', "\\ensuremath{>}");
    commands.put((int) '|', "\\ensuremath{|}");
    // Kept apart, so that no two characters become a dash, a quotation mark or a line's option.
    commands.put((int) '-', "{-}");
    commands.put((int) '"', "\\char`\\\"{}");
    commands.put((int) '\'', "{'}");
    commands.put((int) '`', "{`}");
    commands.put((int) '[', "{[}");
    commands.put((int) ']', "{]}");
    commands.put((int) '*', "{*}");
    commands.put((int) 'λ', "\\ensuremath{\\lambda}");
    commands.put((int) 'Δ', "\\ensuremath{\\Delta}");
    commands.put((int) '±', "\\ensuremath{\\pm}");
    commands.put((int) '∞', "\\ensuremath{\\infty}");
    commands.put((int) '×', "\\ensuremath{\\times}");
    commands.put((int) '−', "\\ensuremath{-}");
    commands.put((int) '–', "--");
    commands.put((int) '…', "\\ldots{}");
    commands.put((int) '\u00A0', "~");
    return Map.copyOf(commands);
  }
}
