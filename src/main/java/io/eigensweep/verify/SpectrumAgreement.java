package io.eigensweep.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two spectra of the same matrix: the kernel of one network, computed twice. Every eigenvalue is
 * known to ± r, r = floor on the Gram route and 2√(floor·λ) + floor on the Jacobian route, where
 * floor bounds the square of a singular value's error; two of them agree when their intervals
 * overlap. What else is said of the kernel K is known as far as K is, ‖ΔK‖_F ≤ floor:
 *
 * <ul>
 *   <li>the floor itself, a multiple of trace(K) ≥ λ_max, to 2·floor/λ_max relative;
 *   <li>alignment, a cosine of the centred kernel K_c, to 2‖ΔK‖_F/‖K_c‖_F for either row, where
 *       ‖K_c‖_F² ≥ Σ λ² over all but the largest eigenvalue (interlacing);
 *   <li>the Schur bound, a bound of the term without grid and a share of gradients, as the floor,
 *       plus what that makes of λ_max, since either term may take either route;
 *   <li>of two different windows, whose computed λ_min either row took for the smallest, the bounds
 *       of {@code total} overlap but for twice the floors of the choice;
 *   <li>drift to (‖ΔK‖ + (1 + drift)·‖ΔK_0‖)/‖K_0‖ for either row.
 * </ul>
 */
final class SpectrumAgreement {
  /** Fields that rounding can't change, of the same matrix. */
  private static final List<String> EQUAL = List.of("epoch", "term", "predicted_rank");

  /** Terms of an inner product of a kernel's factors, more than networks here have. */
  private static final double LONGEST_PRODUCT = 8192;

  private final Findings findings;
  private final String name;
  private final Map<String, @Nullable Object> one;
  private final Map<String, @Nullable Object> other;
  private final double[] lambda;
  private final double[] here;

  SpectrumAgreement(
      Findings findings,
      String name,
      Map<String, @Nullable Object> committed,
      Map<String, @Nullable Object> here) {
    this.findings = findings;
    this.name = name;
    this.one = committed;
    this.other = here;
    this.lambda = Rows.numbers(committed, "eigenvalues");
    this.here = Rows.numbers(here, "eigenvalues");
  }

  /** Compares them; the eigenvalues that were compared. */
  int compare() {
    boolean sameWindow = Objects.equals(one.get("place"), other.get("place"));
    if (!sameWindow) {
      if ("total".equals(one.get("term"))) {
        bounds(2 * (choice(one, lambda) + choice(other, here)));
      }
      return 0;
    }
    if (lambda.length == 0 && here.length == 0) {
      bounds(0);
      return 0;
    }
    EQUAL.forEach(field -> findings.equal(name + "." + field, one.get(field), other.get(field)));
    if (lambda.length != here.length || lambda.length == 0) {
      findings.differs(name + ": " + lambda.length + " eigenvalues, here " + here.length);
      return 0;
    }
    int last = lambda.length - 1;
    double relative = 2 * (radius(one, lambda[last]) + radius(other, here[last])) / here[last];
    if (String.valueOf(one.get("method")).equals(other.get("method"))) {
      within("floor", relative * Rows.number(other, "floor"));
    }
    for (int i = 0; i <= last; i++) {
      findings.within(
          name + ".eigenvalues[" + i + "]",
          lambda[i],
          here[i],
          radius(one, lambda[i]) + radius(other, here[i]),
          "here");
    }
    bounds(0);
    within("alignment", 2 * (radius(one, lambda[last]) + radius(other, here[last])) / rest());
    double schur = Math.abs(Rows.number(other, "schur_bound"));
    within("schur_bound", relative * (here[last] + schur));
    overlaps();
    within("drift", relative * (2 + Rows.number(other, "drift")));
    return lambda.length;
  }

  /**
   * Eigenvalues of a matrix that depends on the points alone, of a trace of at most their number.
   */
  private void overlaps() {
    double[] overlap = Rows.numbers(one, "overlap_lambda_min");
    double[] again = Rows.numbers(other, "overlap_lambda_min");
    findings.equal(name + ".overlap_lambda_min", overlap.length, again.length);
    for (int i = 0; i < Math.min(overlap.length, again.length); i++) {
      findings.within(
          name + ".overlap_lambda_min[" + i + "]",
          overlap[i],
          again[i],
          Math.ulp(1.0) * here.length * here.length,
          "here");
    }
  }

  /**
   * Both rows' intervals hold the same smallest eigenvalue, or two that differ by {@code apart};
   * proofs by one vector are one number.
   */
  private void bounds(double apart) {
    double lower = Rows.number(one, "lambda_min_lower");
    double upper = Rows.number(one, "lambda_min_upper");
    double lowerHere = Rows.number(other, "lambda_min_lower");
    double upperHere = Rows.number(other, "lambda_min_upper");
    if (!(lower <= upperHere + apart && lowerHere <= upper + apart)) {
      findings.differs(
          name
              + ".lambda_min: from "
              + lower
              + " to "
              + upper
              + " committed, from "
              + lowerHere
              + " to "
              + upperHere
              + " here");
    }
    Object from = one.get("upper_from");
    boolean sameVector =
        apart == 0 && from != null && lambda.length > 0 && from.equals(other.get("upper_from"));
    if (sameVector && !Set.of("null-vector").contains(from)) {
      within("lambda_min_upper", radius(one, upper) + radius(other, upperHere));
    }
  }

  /**
   * How far the eigenvalue by which a window was chosen can be wrong: the floor of the Gram route,
   * where the window's own spectrum came from the Jacobian a little more than it (see {@code
   * RoundingError}).
   */
  private static double choice(Map<String, @Nullable Object> spectrum, double[] eigenvalues) {
    double floor = Rows.number(spectrum, "floor");
    double trace = Arrays.stream(eigenvalues).sum();
    return "jacobian".equals(spectrum.get("method"))
        ? 2 * Math.sqrt(floor * trace) + LONGEST_PRODUCT * Math.ulp(1.0) * trace
        : floor;
  }

  private void within(String field, double tolerance) {
    findings.within(
        name + "." + field, Rows.number(one, field), Rows.number(other, field), tolerance, "here");
  }

  /** A lower bound of the centred kernel's Frobenius norm. */
  private double rest() {
    double sum = 0;
    for (int i = 0; i < here.length - 1; i++) {
      sum += here[i] * here[i];
    }
    return Math.sqrt(sum);
  }

  /** How far an eigenvalue of {@code spectrum} can be from that of exact arithmetic. */
  static double radius(Map<String, @Nullable Object> spectrum, double eigenvalue) {
    double floor = Rows.number(spectrum, "floor");
    return "jacobian".equals(spectrum.get("method"))
        ? 2 * Math.sqrt(floor * Math.max(0, eigenvalue)) + floor
        : floor;
  }
}
