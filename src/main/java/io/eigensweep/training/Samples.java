package io.eigensweep.training;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.metric.Loss;

/**
 * What a network is trained on.
 *
 * @param points N encoded coordinates
 * @param channels C
 * @param targets N × C values, row-major; not copied
 * @param loss how outputs are compared with targets
 * @param low lower end of the targets' range, for the curve's PSNR
 * @param high its upper end
 */
@SuppressWarnings("ArrayRecordComponent") // a table shared read-only with inner loops
public record Samples(
    EncodedPoints points, int channels, float[] targets, Loss loss, double low, double high) {
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

  /** Samples in [0,1] under the mean square error. */
  public Samples(EncodedPoints points, int channels, float[] targets) {
    this(points, channels, targets, Loss.MSE, 0, 1);
  }
}
