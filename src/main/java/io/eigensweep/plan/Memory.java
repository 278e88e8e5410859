package io.eigensweep.plan;

import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.ntk.JacobianRoute;
import io.eigensweep.ntk.KernelMemory;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.TrainingKernelCost;
import io.eigensweep.signal.PictureSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SurfaceSampling;
import io.eigensweep.trial.Trial;

/**
 * Where a trial's memory goes, in bytes, as the trainer and the kernel hold it.
 *
 * @param parameters everything trainable: the initial numbers in float64; the numbers, their update
 *     and what the optimizer remembers of each in float32
 * @param batch activations of a chunk, and the grids' gradients of a batch
 * @param picture per pixel: coordinates, fixed entries of the encoding in float64 and float32,
 *     stencils of every grid level (nodes and weights, twice), target, outputs, order; a surface's
 *     training points count as pixels, and what judges it is added
 * @param kernel what {@link KernelMemory} asks for before a kernel is computed, on the heap and
 *     beside it, at most, the points' activations, slopes and δ in float64, and a copy of the
 *     numbers in float64; that copy alone without checkpoints
 * @param everyPoint what bounds over all training points take, with the same copy; 0 without
 * @param measured the networks whose kernels were measured, kept in float32 for the saves
 * @param save a state of the training, all of it in one piece, while it is written
 */
record Memory(
    long parameters,
    long batch,
    long picture,
    long kernel,
    long everyPoint,
    long measured,
    long save) {
  /** The initial numbers, the numbers, their update; Adam has an array for every gradient. */
  private static final int BYTES_PER_PARAMETER = Double.BYTES + 2 * Float.BYTES;

  private static final int BYTES_PER_FIXED_ENTRY = Double.BYTES + Float.BYTES;
  private static final int BYTES_PER_NODE = 2 * Integer.BYTES + Double.BYTES + Float.BYTES;

  private static final int BYTES_PER_JUDGED_POINT = 8 * Double.BYTES;

  /** About four triangles for each cell of a face of the cube, at 300 bytes with their tree. */
  private static final double BYTES_PER_SURFACE_CELL = 1200;

  /** What any trial needs besides, as measured: reading pictures, metrics, buffers, the row. */
  private static final long WORKING = 12L << 20;

  /** Rows of the trainer's chunks. */
  private static final double CHUNK_ROWS = 256;

  static Memory of(Trial trial) {
    Shape shape = Shape.of(trial);
    double batch = Math.min(trial.training().batchSize(), shape.pixels());
    double rowBytes = 2 * Float.BYTES * shape.hidden() * (shape.width() + 1);
    double chunk = Math.min(batch, CHUNK_ROWS) * rowBytes;
    double fixed = shape.encoded() - shape.interpolated();
    double remembered = Float.BYTES * trial.training().optimizer().numbersPerParameter();
    double measured = Float.BYTES * shape.trainable() * trial.ntk().epochs().size();
    return new Memory(
        (long) ((BYTES_PER_PARAMETER + remembered) * shape.trainable()),
        (long) (chunk + batch * Float.BYTES * shape.interpolated()),
        (long)
            (shape.pixels()
                    * (bytesPerPixel(shape)
                        + BYTES_PER_FIXED_ENTRY * fixed
                        + BYTES_PER_NODE * shape.levels() * shape.nodes())
                + surface(trial.signal(), shape)),
        (long) (Double.BYTES * shape.trainable()) + kernel(trial, shape),
        everyPoint(trial, shape),
        (long) measured,
        (long)
            ((Float.BYTES + remembered) * shape.trainable()
                + Integer.BYTES * shape.pixels()
                + measured));
  }

  private static double bytesPerPixel(Shape shape) {
    return shape.dimensions() * Double.BYTES
        + 3.0 * shape.channels() * Float.BYTES
        + 2 * Integer.BYTES;
  }

  /** Values of the field where it is judged, held-out points, the extracted mesh and its tree. */
  private static double surface(Signal signal, Shape shape) {
    if (!(signal instanceof Signal.MeshFile mesh)) {
      return 0;
    }
    SurfaceSampling sampling = mesh.sampling();
    double points = sampling.heldOut() + (double) sampling.surfacePoints();
    return Float.BYTES * shape.judged()
        + BYTES_PER_JUDGED_POINT * points
        + BYTES_PER_SURFACE_CELL * sampling.cells() * sampling.cells();
  }

  /** What bounds over all training points take, where they are asked for. */
  private static long everyPoint(Trial trial, Shape shape) {
    TrainingKernelCost cost = CostModel.trainingKernel(trial, shape);
    return cost == null ? 0 : (long) (Double.BYTES * shape.trainable()) + cost.bytes();
  }

  private static long kernel(Trial trial, Shape shape) {
    if (trial.ntk().epochs().isEmpty()) {
      return 0;
    }
    double rows = CostModel.kernelRows(trial, shape);
    boolean lattice =
        trial.signal() instanceof PictureSignal
            && trial.ntk().points().pattern() != Pattern.RANDOM
            && shape.points() > 1;
    KernelMemory matrices =
        KernelMemory.of(
            trial.ntk(),
            (long) rows,
            shape.learns(),
            lattice,
            trial.linalg().blas() != BlasChoice.JAVA);
    double units = shape.hidden() * shape.width();
    boolean full = trial.ntk().outputs() == Outputs.FULL;
    double deltas =
        full
            ? shape.channels() * units
            : shape.channels() * (units - shape.width()) + shape.width();
    // The evaluation's error is judged before δ is there: sums of every layer, two products of one.
    double judged = units + 2.0 * shape.width();
    double perPoint = shape.encoded() + 2 * units + Math.max(deltas, judged);
    // The native route's blocks are wider where layers are.
    double route =
        CostModel.takesJacobian(trial, shape) ? JacobianRoute.bytes(rows, shape.width()) : 0;
    return (long)
        (Double.BYTES * shape.points() * perPoint
            + (double) matrices.heapBytes()
            + Math.max((double) matrices.nativeBytes(), route));
  }

  /** Kernels and saves are made between epochs, one after the other. */
  long total() {
    return WORKING
        + parameters
        + batch
        + picture
        + measured
        + Math.max(Math.max(kernel, everyPoint), save);
  }

  /** What to change when the trial does not fit: the largest part and the keys that it follows. */
  String remedy() {
    long kernels = Math.max(kernel, everyPoint);
    long largest = Math.max(Math.max(parameters, batch), Math.max(picture, kernels));
    if (largest == everyPoint) {
      return "bounds over all training points take "
          + Quantity.bytes(everyPoint)
          + ": set ntk.points.pattern to patch, or lower signal.size or samples";
    } else if (largest == kernel) {
      return "the kernel takes "
          + Quantity.bytes(kernel)
          + ": lower ntk.points or set ntk.outputs to mean";
    } else if (largest == parameters) {
      return "the parameters take "
          + Quantity.bytes(parameters)
          + ": use encoding hashgrid with a smaller table-size, or lower encoding.resolution or"
          + " network.width";
    } else if (largest == batch) {
      return "a batch takes " + Quantity.bytes(batch) + ": lower training.batch-size";
    }
    return "the signal takes "
        + Quantity.bytes(picture)
        + ": set or lower signal.size (of surfaces signal.sampling.samples or cells)";
  }
}
