package io.eigensweep.mesh;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** The lines of a text file as words: ends {@code \n}, {@code \r\n} or {@code \r}, any blanks. */
final class TextLines {
  private final byte[] bytes;
  private int at;
  private int number;
  private StringTokenizer words = new StringTokenizer("");

  TextLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number of the current line, from 1. */
  int number() {
    return number;
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
    int start = at;
    while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    String line = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
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
      int comment = line.indexOf('#');
      words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
      if (words.hasMoreTokens()) {
        return true;
      }
    }
    return false;
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

  /** The next word as a number; {@code nan} and {@code inf} in any spelling are read as such. */
  double number(String wanted) throws UnreadableMeshException {
    String word = word(wanted);
    try {
      return real(word);
    } catch (NumberFormatException e) {
      throw error(wanted + " must be a number, got " + shown(word));
    }
  }

  /**
   * {@code word} as a number, {@code nan} and {@code inf} in any spelling.
   *
   * @throws NumberFormatException when it is none
   */
  static double real(String word) {
    String lower = word.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
    return switch (lower) {
      case "nan" -> Double.NaN;
      case "inf", "infinity" ->
          word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }

  /** The next word as a whole number. */
  int whole(String wanted) throws UnreadableMeshException {
    String word = word(wanted);
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
