package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;

/**
 * A network on every point of a training set, whose kernel is too large to be formed.
 *
 * @param network its shape
 * @param parameters its numbers
 * @param points N, encoded
 * @param dimensions d of the coordinates, which are the first entries of the encoded points
 * @param outputs how the outputs' kernels become one
 */
public record AllPoints(
    NetworkSettings network,
    Parameters parameters,
    EncodedPoints points,
    int dimensions,
    Outputs outputs) {

  /** Rows of the kernel for each point: C for {@code full}, else 1. */
  int rowsPerPoint() {
    return outputs == Outputs.FULL ? parameters.channels() : 1;
  }

  /** M, rows of the kernel. */
  int rows() {
    return Math.multiplyExact(points.count(), rowsPerPoint());
  }

  /** The network on the points listed in {@code order}, in that order. */
  AllPoints select(int[] order) {
    return new AllPoints(network, parameters, points.select(order), dimensions, outputs);
  }

  /** Coordinate {@code axis} of point {@code i}. */
  double coordinate(int i, int axis) {
    return points.fixed()[i * points.fixedDimension() + axis];
  }
}
