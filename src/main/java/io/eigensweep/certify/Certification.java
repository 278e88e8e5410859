package io.eigensweep.certify;

import java.util.Locale;

/**
 * What is known of a kernel that somebody else has computed. The bounds and the negatives are
 * proved for every kernel within the entries' error; rank and λ_max are as computed, each
 * eigenvalue to ± floor.
 *
 * @param kind {@code kernel} or {@code jacobian}
 * @param rows N, of the kernel
 * @param columns of the file: N, or the Jacobian's P
 * @param dtype {@code float32} or {@code float64}
 * @param layout memory order and byte order
 * @param entries how far the exact entries may be from the stored ones
 * @param moved how far that moves eigenvalues of K, or singular values of J, at most
 * @param floor how far a computed eigenvalue may be off: N·ε·‖K‖ and what the entries may move it
 *     by; of a Jacobian the square of what is so for its singular values
 * @param lambdaMinLower lower bound of λ_min; −∞ where there is none
 * @param lambdaMinUpper upper bound of λ_min
 * @param lambdaMax the largest eigenvalue
 * @param rank eigenvalues above the floor; N where λ_min &gt; 0 is proved
 * @param negatives eigenvalues that are proved to be below 0
 * @param verdict what follows
 * @param reason the verdict in a sentence
 * @param proof arrays of the certificate
 */
public record Certification(
    String kind,
    int rows,
    long columns,
    String dtype,
    String layout,
    EntryError entries,
    double moved,
    double floor,
    double lambdaMinLower,
    double lambdaMinUpper,
    double lambdaMax,
    int rank,
    int negatives,
    Verdict verdict,
    String reason,
    Proof proof) {

  /** The entries' error in words. */
  public String assumption() {
    return switch (entries.kind()) {
      case ROUNDING -> "each the nearest " + dtype + " of the exact number";
      case NONE -> "exact as stored";
      case RELATIVE ->
          String.format(
              Locale.ROOT,
              kind.equals("kernel")
                  ? "each within %.3g·√(K_ii·K_jj) of the exact number"
                  : "each row within %.3g of its norm",
              entries.size());
      case ABSOLUTE ->
          String.format(Locale.ROOT, "each within %.3g of the exact number", entries.size());
    };
  }
}
