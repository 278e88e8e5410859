package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;

/**
 * The points on which kernels are computed, with what the network should learn there.
 *
 * @param points N points, encoded
 * @param dimensions d, their coordinates being the first entries of γ
 * @param side k when they are a k × k lattice, v outer, else 0
 * @param targets N × C, row-major; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // shared read-only with the trainer; never compared
public record KernelSample(EncodedPoints points, int dimensions, int side, float[] targets) {}
