package io.eigensweep.job;

import java.util.Locale;

/**
 * Characters that mean something to YAML and nothing to a job. The parser, which can't be told so,
 * gets a private character of Unicode in place of each, and every place stays where it is.
 *
 * @param hidden the characters
 * @param shown what the parser gets for each; it does not occur in the text
 */
record PlainCharacters(String hidden, String shown) {
  private static final char FIRST_PRIVATE = '\uE000';
  private static final char LAST_PRIVATE = '\uF8FF';

  /** The {@code characters} as {@code text} needs them. */
  static PlainCharacters of(String text, String characters) {
    if (characters.chars().allMatch(character -> text.indexOf(character) < 0)) {
      return new PlainCharacters("", "");
    }
    // Neither as themselves nor as an escape in quotes.
    String lower = text.toLowerCase(Locale.ROOT);
    StringBuilder free = new StringBuilder();
    for (char c = FIRST_PRIVATE; c <= LAST_PRIVATE && free.length() < characters.length(); c++) {
      if (lower.indexOf(c) < 0 && !lower.contains(Integer.toHexString(c))) {
        free.append(c);
      }
    }
    // A text that uses them all is read as YAML reads it.
    return free.length() < characters.length()
        ? new PlainCharacters("", "")
        : new PlainCharacters(characters, free.toString());
  }

  /** What the parser gets. */
  String hide(String text) {
    return replaced(text, hidden, shown);
  }

  /** What stood there. */
  String show(String text) {
    return replaced(text, shown, hidden);
  }

  private static String replaced(String text, String from, String to) {
    String changed = text;
    for (int i = 0; i < from.length(); i++) {
      changed = changed.replace(from.charAt(i), to.charAt(i));
    }
    return changed;
  }
}
