package io.eigensweep.ntk;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All eigenvalues of one term of a kernel at one epoch, with what is known of the smallest.
 *
 * @param epoch completed epochs of training
 * @param term {@code total}, {@code mlp} or {@code grid}; {@code mlp.<l>} of one layer, {@code
 *     grid.<l>} of one grid level, both from 0
 * @param scope what its points are
 * @param points how many
 * @param place which window of how many and where; null where it is of none
 * @param method how the eigenvalues were computed, {@code gram} or {@code jacobian}; {@code split}
 *     where there are bounds alone, see {@link AllPointsBound}
 * @param floor rounding floor: no eigenvalue is known better than ± floor; NaN without eigenvalues
 * @param negatives how many computed eigenvalues are below zero
 * @param rank how many are above the floor
 * @param lambdaMin the smallest eigenvalue, null when it is not resolved
 * @param lambdaMinLower a lower bound of the smallest eigenvalue, at least 0
 * @param lambdaMinUpper an upper bound
 * @param upperFrom what proves the upper bound: {@code floor}, or the vector of a {@link
 *     ShortCertificates certificate}; {@code contradiction: } and one of two bounds that exclude
 *     each other, when nothing is proved
 * @param resolved lower &gt; 0 and upper ≤ 2·lower
 * @param lambdaMax the largest eigenvalue
 * @param facts what theory and training say of the term
 * @param eigenvalues all of them, ascending, as computed, never clipped; none of {@code split}; not
 *     copied
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is written once; never compared
public record Spectrum(
    int epoch,
    String term,
    Scope scope,
    int points,
    @Nullable String place,
    String method,
    double floor,
    int negatives,
    int rank,
    @Nullable Double lambdaMin,
    double lambdaMinLower,
    double lambdaMinUpper,
    String upperFrom,
    boolean resolved,
    double lambdaMax,
    KernelFacts facts,
    double[] eigenvalues)
    implements Serializable {

  /** This spectrum with {@code newFacts}. */
  public Spectrum with(KernelFacts newFacts) {
    return copy(scope, place, newFacts);
  }

  /** This spectrum, whose points are {@code newScope} too. */
  Spectrum as(Scope newScope, @Nullable String newPlace) {
    return copy(newScope, newPlace, facts);
  }

  /** Whether nothing is proved of the smallest eigenvalue, see {@link #upperFrom}. */
  boolean isContradicted() {
    return upperFrom.startsWith(SpectrumBuilder.CONTRADICTION);
  }

  private Spectrum copy(Scope newScope, @Nullable String newPlace, KernelFacts newFacts) {
    return new Spectrum(
        epoch,
        term,
        newScope,
        points,
        newPlace,
        method,
        floor,
        negatives,
        rank,
        lambdaMin,
        lambdaMinLower,
        lambdaMinUpper,
        upperFrom,
        resolved,
        lambdaMax,
        newFacts,
        eigenvalues);
  }
}
