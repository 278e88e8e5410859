package io.eigensweep.mesh;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The lines of a text file as words: ends {@code \n}, {@code \r\n} or {@code \r}, any blanks. */
final class TextLines {
  private final byte[] bytes;
  private int at;
  private int lineStart;
  private int number;
  private String text = "";
  private StringTokenizer words = new StringTokenizer("");

  TextLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number of the current line, from 1. */
  int number() {
    return number;
  }

  /** Where the first word of the current line starts, when it was reached by {@link #nextWords}. */
  int start() {
    int word = lineStart;
    while (bytes[word] == ' ' || bytes[word] == '\t' || bytes[word] == '\f') {
      word++;
    }
    return word;
  }

  /** Where the next line starts. */
  int position() {
    return at;
  }

  /**
   * Reads the next line.
   *
   * @return its text without its end, null at the end of the file
   */
  @Nullable String next() {
    if (at >= bytes.length) {
      return null;
    }
    lineStart = at;
    while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    String line = new String(bytes, lineStart, at - lineStart, StandardCharsets.ISO_8859_1);
    if (at < bytes.length && bytes[at++] == '\r' && at < bytes.length && bytes[at] == '\n') {
      at++;
    }
    number++;
    words = new StringTokenizer(line);
    return line;
  }

  /**
   * Moves to the next line that has words before a comment, and drops the comment.
   *
   * @return false at the end of the file
   */
  boolean nextWords() {
    for (String line = next(); line != null; line = next()) {
      text = withoutComment(line);
      words = new StringTokenizer(text);
      if (words.hasMoreTokens()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Joins the lines that follow to the current one, as long as it ends with a backslash; its words
   * are read from the second one on.
   */
  void join() throws UnreadableMeshException {
    if (!text.stripTrailing().endsWith("\\")) {
      return;
    }
    StringBuilder joined = new StringBuilder(text.stripTrailing());
    while (joined.charAt(joined.length() - 1) == '\\') {
      joined.setLength(joined.length() - 1);
      String line = next();
      if (line == null) {
        throw error("the file ends after a backslash");
      }
      joined.append(' ').append(withoutComment(line).stripTrailing());
    }
    text = joined.toString();
    words = new StringTokenizer(text);
    words.nextToken();
  }

  /** {@code 1.#QNAN} and its like are numbers of some C libraries. */
  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    while (comment > 0 && line.charAt(comment - 1) == '.') {
      comment = line.indexOf('#', comment + 1);
    }
    return comment < 0 ? line : line.substring(0, comment);
  }

  /** Whether the current line has another word. */
  boolean hasWord() {
    return words.hasMoreTokens();
  }

  /** The next word of the current line. */
  String word(String wanted) throws UnreadableMeshException {
    if (!words.hasMoreTokens()) {
      throw error("the line ends where " + wanted + " is wanted");
    }
    return words.nextToken();
  }

  /** The next word as a number, as {@link #real} has it. */
  double number(String wanted) throws UnreadableMeshException {
    String word = word(wanted);
    try {
      return real(word);
    } catch (NumberFormatException e) {
      throw error(wanted + " must be a number, got " + shown(word));
    }
  }

  /**
   * {@code word} as a number, {@code nan} and {@code inf} in any spelling: those of C libraries
   * ({@code nan(ind)}, {@code 1.#INF}, {@code -1.#IND}) too.
   *
   * @throws NumberFormatException when it is none
   */
  static double real(String word) {
    char last = word.charAt(word.length() - 1);
    if (last >= '0' && last <= '9' && word.indexOf('#') < 0) {
      return Double.parseDouble(word);
    }
    String lower = word.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
    if (lower.matches("nan(\\(\\w*\\))?|1\\.#(qnan|snan|nan|ind)\\d*")) {
      return Double.NaN;
    }
    if (lower.matches("inf(inity)?|1\\.#inf\\d*")) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(word);
  }

  /** The next word as a whole number. */
  int whole(String wanted) throws UnreadableMeshException {
    return whole(wanted, word(wanted));
  }

  /** {@code word}, of the current line, as a whole number. */
  int whole(String wanted, String word) throws UnreadableMeshException {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw error(wanted + " must be a whole number, got " + shown(word));
    }
  }

  /** A refusal that names the current line. */
  UnreadableMeshException error(String message) {
    return new UnreadableMeshException("line " + number + ": " + message);
  }

  private static String shown(String word) {
    return '"' + (word.length() > 40 ? word.substring(0, 40) + "…" : word) + '"';
  }
}
