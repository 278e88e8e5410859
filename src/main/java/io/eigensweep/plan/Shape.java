package io.eigensweep.plan;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.signal.PictureSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.trial.Trial;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a trial that its cost follows from. All are doubles: they enter products that may
 * pass the range of a long.
 *
 * @param dimensions d of the coordinates
 * @param channels C, outputs of the network
 * @param pixels of the picture that are trained on, or training points of the surface
 * @param columns of the picture that is trained on; 0 of a surface
 * @param rows of the picture that is trained on; 0 of a surface
 * @param judged points at which a surface, or a picture with pixels held out, is evaluated in
 *     float64 after training
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
    int dimensions,
    int channels,
    double pixels,
    int columns,
    int rows,
    double judged,
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
  /** ImageNet's typical picture, assumed where a signal keeps its own size. */
  static final int ASSUMED_WIDTH = 400;

  static final int ASSUMED_HEIGHT = 350;

  static Shape of(Trial trial) {
    if (trial.signal() instanceof Signal.MeshFile mesh) {
      SurfaceSampling sampling = mesh.sampling();
      double lattice = Math.pow(sampling.cells() + 1, 3);
      double judged = lattice + 2.0 * sampling.heldOut();
      int count = trial.ntk().points().count();
      boolean ofTraining = trial.ntk().points().pattern() == Pattern.RANDOM;
      double points = ofTraining ? Math.min(count, sampling.samples()) : count;
      return of(trial, sampling.samples(), 0, 0, judged, points);
    }
    Integer size = size(trial.signal());
    int columns = size == null ? ASSUMED_WIDTH : size;
    int rows = size == null ? ASSUMED_HEIGHT : size;
    if (trial.signal() instanceof PictureSignal picture && picture.holdOut()) {
      int trainedColumns = (columns + 1) / 2;
      int trainedRows = (rows + 1) / 2;
      return of(
          trial,
          (double) trainedColumns * trainedRows,
          trainedColumns,
          trainedRows,
          (double) columns * rows,
          points(trial, trainedColumns, trainedRows));
    }
    return of(trial, (double) columns * rows, columns, rows, 0, points(trial, columns, rows));
  }

  private static Shape of(
      Trial trial, double pixels, int columns, int rows, double judged, double points) {
    int dimensions = trial.signal().dimensions();
    int channels = trial.signal().channels();
    double width = trial.network().width();
    int encoded = trial.encoding().encodedDimension(dimensions);
    double grid = trial.encoding().parameterCount(dimensions);
    double network = trial.network().parameterCount(encoded, channels);
    return new Shape(
        dimensions,
        channels,
        pixels,
        columns,
        rows,
        judged,
        encoded,
        grid > 0 ? encoded - dimensions : 0,
        trial.encoding() instanceof GridEncoding grids ? grids.levels() : 0,
        trial.encoding() instanceof GridEncoding grids
            ? grids.interpolation().nodesPerPoint(dimensions)
            : 0,
        width,
        trial.network().hiddenLayers(),
        network,
        encoded * width,
        network + grid,
        points);
  }

  private static double points(Trial trial, int columns, int rows) {
    int count = trial.ntk().points().count();
    if (trial.ntk().points().pattern() == Pattern.RANDOM) {
      return Math.min(count, (double) columns * rows);
    }
    double side = Math.min((int) Math.sqrt(count), Math.min(columns, rows));
    return side * side;
  }

  private static @Nullable Integer size(Signal signal) {
    return signal instanceof PictureSignal picture ? picture.size() : null;
  }

  /** True when the picture's size is {@link #ASSUMED_WIDTH} × {@link #ASSUMED_HEIGHT}. */
  static boolean assumed(Signal signal) {
    return signal instanceof PictureSignal picture && picture.size() == null;
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
