package io.eigensweep.training;

import io.eigensweep.encoding.EncodedPoints;

/**
 * What a network is trained on.
 *
 * @param points N encoded coordinates
 * @param channels C
 * @param targets N × C values, row-major; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a table shared read-only with inner loops
public record Samples(EncodedPoints points, int channels, float[] targets) {
  public Samples {
    if ((long) points.count() * channels != targets.length) {
      throw new IllegalArgumentException(
          points.count()
              + " points with "
              + channels
              + " channels have not "
              + targets.length
              + " targets");
    }
  }
}
