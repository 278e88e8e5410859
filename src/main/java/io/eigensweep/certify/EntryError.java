package io.eigensweep.certify;

import java.util.Locale;

/**
 * How far the exact entries may be from the stored ones. Whatever is proved holds for every matrix
 * whose entries are that near.
 *
 * @param kind the rule
 * @param size its factor, 0 where it has none
 */
public record EntryError(Kind kind, double size) {
  /** Half a unit in the last place, whatever the exact number is: what a file's numbers have. */
  public static final EntryError ROUNDING = new EntryError(Kind.ROUNDING, 0);

  /** Rules, K the kernel and J the Jacobian, each as stored. */
  public enum Kind {
    /** Each entry is the nearest number of the file's type: |Δ| ≤ u·|entry|, u = 2^-24 or 2^-53. */
    ROUNDING,
    /** The stored numbers are the exact ones. */
    NONE,
    /** |ΔK_ij| ≤ size·√(|K_ii·K_jj|); ‖ΔJ_i‖ ≤ size·‖J_i‖ for each row. */
    RELATIVE,
    /** |ΔK_ij| ≤ size; |ΔJ_ij| ≤ size. */
    ABSOLUTE
  }

  /**
   * {@code rounding}, {@code none}, {@code relative:X} or {@code absolute:X}.
   *
   * @throws IllegalArgumentException when it is none of these; the message says what is allowed
   */
  public static EntryError parse(String text) {
    String[] parts = text.split(":", 2);
    for (Kind kind : Kind.values()) {
      boolean sized = kind == Kind.RELATIVE || kind == Kind.ABSOLUTE;
      if (parts[0].equals(name(kind)) && sized == (parts.length == 2)) {
        return new EntryError(kind, sized ? size(parts[1], text) : 0);
      }
    }
    throw wrong(text);
  }

  private static double size(String number, String text) {
    try {
      double size = Double.parseDouble(number);
      if (size >= 0 && size < Double.POSITIVE_INFINITY) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "must be rounding, none, relative:X or absolute:X with X ≥ 0, got " + text);
  }

  /** How far {@code entry} (i, j) of a kernel may be off, from it and from K_ii and K_jj. */
  double of(double entry, double ii, double jj, boolean single) {
    return switch (kind) {
      case ROUNDING -> unit(single) * Math.abs(entry) + smallest(single);
      case NONE -> 0;
      case RELATIVE -> size * Math.sqrt(Math.abs(ii)) * Math.sqrt(Math.abs(jj));
      case ABSOLUTE -> size;
    };
  }

  /** How far the eigenvalues of a kernel may be off: at least ‖ΔK‖₂. */
  double ofKernel(Norms norms, boolean single) {
    int rows = norms.rows();
    return Rounding.UP
        * switch (kind) {
          case ROUNDING -> unit(single) * norms.absolute() + rows * smallest(single);
          case NONE -> 0;
          case RELATIVE -> size * norms.diagonal();
          case ABSOLUTE -> rows * size;
        };
  }

  /** How far the singular values of a Jacobian may be off: at least ‖ΔJ‖_F. */
  double ofJacobian(double frobenius, double entries, boolean single) {
    return Rounding.UP
        * switch (kind) {
          case ROUNDING -> unit(single) * frobenius + Math.sqrt(entries) * smallest(single);
          case NONE -> 0;
          case RELATIVE -> size * frobenius;
          case ABSOLUTE -> Math.sqrt(entries) * size;
        };
  }

  private static double unit(boolean single) {
    return single ? 0x1p-24 : 0x1p-53;
  }

  private static double smallest(boolean single) {
    return single ? Float.MIN_VALUE : Double.MIN_VALUE;
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return kind == Kind.RELATIVE || kind == Kind.ABSOLUTE ? name(kind) + ":" + size : name(kind);
  }
}
