package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;

/**
 * The points on which a kernel is computed, with what the network should learn there.
 *
 * @param points N points, encoded
 * @param dimensions d, their coordinates being the first entries of γ
 * @param side k when they are k × k pixels at equal distances or neighbouring, v outer, else 0
 * @param targets N × C, row-major; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // shared read-only with the trainer; never compared
public record KernelSample(EncodedPoints points, int dimensions, int side, float[] targets) {

  /** Coordinate {@code axis} of point {@code i}. */
  public double coordinate(int i, int axis) {
    return points.fixed()[i * points.fixedDimension() + axis];
  }

  /** The points {@code chosen} of these, a lattice of {@code newSide} or none. */
  public KernelSample select(int[] chosen, int newSide) {
    int channels = targets.length / points.count();
    float[] selected = new float[chosen.length * channels];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(targets, chosen[i] * channels, selected, i * channels, channels);
    }
    return new KernelSample(points.select(chosen), dimensions, newSide, selected);
  }
}
