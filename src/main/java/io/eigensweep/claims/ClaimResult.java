package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What a study says of a claim.
 *
 * @param claim the claim
 * @param verdict the answer
 * @param reason why there is no clearer one; null where there is
 * @param sample what it rests on, null where it is not tested
 * @param value the statistic of these pictures, as far as it is known
 * @param interval of all pictures like them, at {@code confidence}
 * @param confidence 1 − the level that Holm's procedure gives this claim
 * @param p the least level at which its interval decides it
 * @param family how many claims were tested together
 */
public record ClaimResult(
    Claim claim,
    Verdict verdict,
    @Nullable String reason,
    @Nullable Sample sample,
    @Nullable Interval value,
    @Nullable Interval interval,
    @Nullable Double confidence,
    @Nullable Double p,
    int family) {}
