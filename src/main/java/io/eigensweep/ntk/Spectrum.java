package io.eigensweep.ntk;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * All eigenvalues of one term of a kernel at one epoch, with what is known of the smallest.
 *
 * @param epoch completed epochs of training
 * @param term {@code total}, {@code mlp} or {@code grid}; {@code mlp.<l>} of one layer, {@code
 *     grid.<l>} of one grid level, both from 0
 * @param method how the eigenvalues were computed, {@code gram} or {@code jacobian}
 * @param floor rounding floor: no eigenvalue is known better than ± floor
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
 * @param eigenvalues all of them, ascending, as computed, never clipped; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is written once; never compared
public record Spectrum(
    int epoch,
    String term,
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

  /** The same spectrum with {@code newFacts}. */
  Spectrum with(KernelFacts newFacts) {
    return new Spectrum(
        epoch,
        term,
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
