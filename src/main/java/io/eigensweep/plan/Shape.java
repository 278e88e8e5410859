package io.eigensweep.plan;

import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Trial;

/**
 * The sizes of a trial that its cost follows from. All are doubles: they enter products that may
 * pass the range of a long.
 *
 * @param pixels of the picture
 * @param encoded e, the encoded dimension
 * @param encodedByGrid entries of e that interpolate trainable values, 0 for fixed encodings
 * @param width of the hidden layers
 * @param hidden H
 * @param weights of the network, without biases
 * @param first the part of them in the first layer
 * @param parameters everything trainable
 * @param kernelPoints N
 */
record Shape(
    double pixels,
    double encoded,
    double encodedByGrid,
    double width,
    double hidden,
    double weights,
    double first,
    double parameters,
    double kernelPoints) {
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
    double trainable = trial.encoding().parameterCount(DIMENSIONS);
    double first = encoded * width;
    int side = Math.min((int) Math.sqrt(trial.ntk().points()), Math.min(columns, rows));
    return new Shape(
        (double) columns * rows,
        encoded,
        trainable > 0 ? encoded - DIMENSIONS : 0,
        width,
        hidden,
        first + (hidden - 1) * width * width + width * CHANNELS,
        first,
        trainable + trial.network().parameterCount(encoded, CHANNELS),
        (double) side * side);
  }

  /** True when the picture's size is {@link #ASSUMED_WIDTH} × {@link #ASSUMED_HEIGHT}. */
  static boolean assumed(Signal signal) {
    return signal.size() == null;
  }

  /** True when the encoding has trainable values. */
  boolean learns() {
    return encodedByGrid > 0;
  }

  /** Grid values that one sample reads: 2^d nodes for each interpolated entry. */
  double touched() {
    return encodedByGrid * (1 << DIMENSIONS);
  }
}
