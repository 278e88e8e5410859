package io.eigensweep.plan;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Trial;

/**
 * The sizes of a trial that its cost follows from. All are doubles: they enter products that may
 * pass the range of a long.
 *
 * @param pixels of the picture
 * @param encoded e, the encoded dimension
 * @param interpolated entries of e that are read from trainable grids, 0 for fixed encodings
 * @param levels of those grids
 * @param nodes that a sample reads of one level
 * @param width of the hidden layers
 * @param hidden H
 * @param network P, the numbers of the network, biases included
 * @param first e·width, the weights of the first layer
 * @param trainable everything that is trained: P and the encoding's numbers
 * @param points N, the points of the kernel
 */
record Shape(
    double pixels,
    double encoded,
    double interpolated,
    double levels,
    double nodes,
    double width,
    double hidden,
    double network,
    double first,
    double trainable,
    double points) {
  /** Input dimensions of a picture. */
  static final int DIMENSIONS = 2;

  /** Channels of a picture. */
  static final int CHANNELS = 3;

  /** ImageNet's typical picture, assumed where a signal keeps its own size. */
  static final int ASSUMED_WIDTH = 400;

  static final int ASSUMED_HEIGHT = 350;

  static Shape of(Trial trial) {
    Integer size = trial.signal().size();
    int columns = size == null ? ASSUMED_WIDTH : size;
    int rows = size == null ? ASSUMED_HEIGHT : size;
    double width = trial.network().width();
    double hidden = trial.network().hiddenLayers();
    int encoded = trial.encoding().encodedDimension(DIMENSIONS);
    double grid = trial.encoding().parameterCount(DIMENSIONS);
    double network = trial.network().parameterCount(encoded, CHANNELS);
    return new Shape(
        (double) columns * rows,
        encoded,
        grid > 0 ? encoded - DIMENSIONS : 0,
        trial.encoding() instanceof GridEncoding grids ? grids.levels() : 0,
        trial.encoding() instanceof GridEncoding grids
            ? grids.interpolation().nodesPerPoint(DIMENSIONS)
            : 0,
        width,
        hidden,
        network,
        encoded * width,
        network + grid,
        points(trial, columns, rows));
  }

  private static double points(Trial trial, int columns, int rows) {
    int count = trial.ntk().points().count();
    if (trial.ntk().points().pattern() == Pattern.RANDOM) {
      return Math.min(count, (double) columns * rows);
    }
    double side = Math.min((int) Math.sqrt(count), Math.min(columns, rows));
    return side * side;
  }

  /** True when the picture's size is {@link #ASSUMED_WIDTH} × {@link #ASSUMED_HEIGHT}. */
  static boolean assumed(Signal signal) {
    return signal.size() == null;
  }

  /** True when the encoding has trainable values. */
  boolean learns() {
    return interpolated > 0;
  }

  /** Grid values that one sample reads. */
  double touched() {
    return interpolated * nodes;
  }
}
