package io.eigensweep.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that someone meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * What to add to a message about the unknown {@code word}: {@code ; did you mean "…"?} when a
   * known word is near (an edit distance of at most 2 or a third of its length), else the list of
   * the known ones.
   */
  public static String hint(String word, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3))
            .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    return nearest
        .map(found -> "; did you mean \"" + found + "\"?")
        .orElseGet(() -> "; known: " + String.join(", ", known));
  }

  /** Levenshtein's distance: insertions, deletions and substitutions, each at cost 1. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
