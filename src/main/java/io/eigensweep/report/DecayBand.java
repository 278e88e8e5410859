package io.eigensweep.report;

import org.jspecify.annotations.Nullable;

/**
 * The loss of one setting on its kernels' points at two neighbouring checkpoints, and what the
 * kernel of the earlier one predicts for the later: medians over pictures and seeds.
 *
 * <p>The kernel that acts is the whole one while everything is trained, the one without the grid
 * once the grid is frozen, the grid's own once the network is. Rows hold the residual's energy e in
 * the eigenvectors of the whole kernel, which leaves e·ρ of it. For a part of the kernel those
 * eigenvectors are taken with the part's eigenvalues μ instead of λ, rank by rank: e·ρ^(μ/λ), since
 * gradient flow has ρ = exp(−cλ); by Weyl μ ≤ λ.
 *
 * @param setting its name
 * @param fromEpoch the earlier checkpoint
 * @param epoch the later one
 * @param before mean squared error at {@code fromEpoch}
 * @param predicted the one at {@code epoch} under the kernel that acts; null when it overflows,
 *     when nothing is trained and when something freezes between the two
 * @param predictedByTotal the one at {@code epoch} under the whole kernel; null when there is none
 * @param observed mean squared error at {@code epoch}
 */
public record DecayBand(
    String setting,
    int fromEpoch,
    int epoch,
    double before,
    @Nullable Double predicted,
    @Nullable Double predictedByTotal,
    double observed) {}
