package io.eigensweep.ntk;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The residual in one group of modes at two neighbouring checkpoints, and what the kernel of the
 * earlier one predicts for the later: r ← (I − (2η/NC)K)r at every step, so the energy of a mode
 * with eigenvalue λ falls by (1 − 2ηλ/NC)² (Jacot et al. 2018; Arora et al. 2019, §3).
 *
 * <p>Energies are sums of squared residuals over the group's modes and all outputs, divided by N·C:
 * over all groups of a basis they add to the mean squared error on the kernel's points.
 *
 * @param fromEpoch the earlier checkpoint, whose kernel predicts
 * @param epoch the later one
 * @param basis {@code eigen}: eigenvectors of the earlier kernel; {@code frequency}: cosines of the
 *     lattice
 * @param mode rank of the group's first mode, from 0: the largest eigenvalue, the lowest frequency
 * @param count modes in the group
 * @param eigenvalue mean eigenvalue of the group, null for {@code frequency}
 * @param frequency mean radial frequency, cycles per side of the picture; null without a lattice
 * @param before energy at {@code fromEpoch}
 * @param predicted energy at {@code epoch} under the kernel of {@code fromEpoch}, null when it
 *     overflows
 * @param after energy at {@code epoch}
 */
public record ModeEnergy(
    int fromEpoch,
    int epoch,
    String basis,
    int mode,
    int count,
    @Nullable Double eigenvalue,
    @Nullable Double frequency,
    double before,
    @Nullable Double predicted,
    double after)
    implements Serializable {}
