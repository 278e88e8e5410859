package io.eigensweep.plan;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.job.JobException;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.settings.Names;
import java.util.Locale;

/**
 * The network that has as many parameters behind one encoding as another network behind a grid: the
 * width whose count is nearest, the narrower of two. Counts are weights, biases and the encoding's
 * numbers.
 *
 * @param network the network with that width
 * @param parameters what it has
 * @param target what it should have
 */
record MatchedWidth(NetworkSettings network, long parameters, long target) {
  /** Relative difference above which the plan says that no width is near. */
  private static final double TOLERANCE = 0.01;

  private static final int MAX_WIDTH = 65_536;

  /**
   * The match.
   *
   * @param network of the grid; all but its width stays
   * @param encoding before the network that is sought
   * @param grid before the given one
   * @param dimensions d of the coordinates
   * @param channels outputs
   * @throws JobException when it would need a width above 65,536
   */
  static MatchedWidth of(
      NetworkSettings network, Encoding encoding, Encoding grid, int dimensions, int channels) {
    long target = count(network, grid, dimensions, channels);
    int low = 1;
    int high = MAX_WIDTH;
    while (low < high) { // the narrowest network with at least as many
      int middle = (low + high) >>> 1;
      if (count(network.withWidth(middle), encoding, dimensions, channels) < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    MatchedWidth match = at(low, network, encoding, target, dimensions, channels);
    if (low > 1) {
      MatchedWidth narrower = at(low - 1, network, encoding, target, dimensions, channels);
      if (target - narrower.parameters <= Math.abs(match.parameters - target)) {
        match = narrower;
      }
    }
    if (low == MAX_WIDTH && !match.isNear()) {
      throw new JobException(
          String.format(
              Locale.ROOT,
              "match-parameters: %s with %d hidden layers would need a width above %,d for the %,d"
                  + " parameters of %s; raise network.hidden-layers or lower its resolution",
              Names.typeName(encoding.getClass()),
              network.hiddenLayers(),
              MAX_WIDTH,
              target,
              Names.typeName(grid.getClass())));
    }
    return match;
  }

  private static MatchedWidth at(
      int width,
      NetworkSettings network,
      Encoding encoding,
      long target,
      int dimensions,
      int channels) {
    NetworkSettings wide = network.withWidth(width);
    return new MatchedWidth(wide, count(wide, encoding, dimensions, channels), target);
  }

  private static long count(
      NetworkSettings network, Encoding encoding, int dimensions, int outputs) {
    return network.parameterCount(encoding.encodedDimension(dimensions), outputs)
        + encoding.parameterCount(dimensions);
  }

  /** Whether the counts differ by 1 % at most. */
  boolean isNear() {
    return Math.abs(parameters - target) <= TOLERANCE * target;
  }

  /** One line for the user where they differ by more. */
  String note(Encoding encoding) {
    return String.format(
        Locale.ROOT,
        "match-parameters: no width is within 1 %% of %,d parameters; %s at width %d has %,d",
        target,
        Names.typeName(encoding.getClass()),
        network.width(),
        parameters);
  }
}
