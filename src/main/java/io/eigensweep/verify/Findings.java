package io.eigensweep.verify;

import io.eigensweep.settings.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what does not agree, in the order of looking. */
final class Findings {
  private final List<String> differences = new ArrayList<>();
  private int compared;

  /** Values that rounding can't change. */
  void equal(String name, @Nullable Object committed, @Nullable Object here) {
    compared++;
    if (!Objects.equals(committed, here)) {
      differences.add(name + ": " + text(committed) + " committed, " + text(here) + " here");
    }
  }

  /**
   * Numbers that may differ by {@code tolerance}; NaN stands for NULL, which only NULL equals.
   *
   * @param basis what the second number is, for example {@code here}
   */
  void within(String name, double committed, double other, double tolerance, String basis) {
    compared++;
    boolean same = Double.isNaN(committed) && Double.isNaN(other);
    if (!same && !(Math.abs(committed - other) <= tolerance)) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%s: %s committed, %s %s (tolerance %.1e)",
              name,
              text(Double.isNaN(committed) ? null : (Double) committed),
              text(Double.isNaN(other) ? null : (Double) other),
              basis,
              tolerance));
    }
  }

  /** A number that is a copy of another number of its row, but for the last places. */
  void copy(String name, double committed, double original) {
    within(name, committed, original, 1e-12 * Math.abs(original), "from its own row");
  }

  void differs(String difference) {
    differences.add(difference);
  }

  List<String> differences() {
    return differences;
  }

  /** Values that were compared. */
  int compared() {
    return compared;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    return value instanceof Double number ? CanonicalJson.number(number) : value.toString();
  }
}
