package io.eigensweep.certify;

import io.eigensweep.npy.NpyFile;
import java.util.Locale;

/** A verdict in a sentence: what was proved, or what it is that hides the smallest eigenvalue. */
final class Reason {
  private static final int DIGITS = 3;

  private Reason() {}

  static String of(NpyFile file, String kind, EntryError entries, double moved, Bounds bounds) {
    boolean jacobian = kind.equals("jacobian");
    return switch (Verdict.of(bounds)) {
      case POSITIVE_DEFINITE ->
          "every kernel within the entries' error has λ_min ≥ " + below(bounds.lower());
      case INDEFINITE ->
          "every kernel within the entries' error has λ_min ≤ "
              + above(bounds.upper())
              + ", so that it is no J·Jᵀ";
      case NOT_RESOLVED ->
          jacobian && file.columns() < file.rows()
              ? String.format(
                  Locale.ROOT,
                  "singular: J has more rows (%d) than columns (%d), so K = J·Jᵀ has λ_min = 0; a"
                      + " row belongs to a point, a column to a parameter: is it transposed?",
                  file.rows(),
                  file.columns())
              : hidden(file, jacobian, entries, moved, bounds);
    };
  }

  private static String hidden(
      NpyFile file, boolean jacobian, EntryError entries, double moved, Bounds bounds) {
    String stored =
        "the stored numbers have λ_min from "
            + below(bounds.storedLower())
            + " to "
            + above(bounds.storedUpper());
    double width = bounds.storedUpper() - bounds.storedLower();
    boolean decided = bounds.storedLower() > 0 || bounds.storedUpper() < 0;
    if (!decided && (jacobian ? moved * moved : moved) < width) {
      return "singular as far as float64 can tell: "
          + stored
          + (jacobian ? "" : "; its Jacobian would show λ_min to the square of that");
    }
    return stored
        + ", but the entries' error ("
        + entries
        + " of "
        + file.dtype()
        + ") moves "
        + (jacobian ? "singular values" : "eigenvalues")
        + " by up to "
        + above(moved)
        + advice(file, jacobian, entries);
  }

  private static String advice(NpyFile file, boolean jacobian, EntryError entries) {
    if (entries.kind() != EntryError.Kind.ROUNDING) {
      return "";
    }
    if (jacobian) {
      return file.isSingle() ? ": compute and save it in float64" : "";
    }
    return file.isSingle()
        ? ": compute and save it in float64, or certify its Jacobian"
        : ": certify its Jacobian";
  }

  private static String below(double bound) {
    return Digits.atMost(bound, DIGITS);
  }

  private static String above(double bound) {
    return Digits.atLeast(bound, DIGITS);
  }
}
