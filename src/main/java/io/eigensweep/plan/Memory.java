package io.eigensweep.plan;

import io.eigensweep.ntk.Precision;
import io.eigensweep.trial.Trial;

/**
 * Where a trial's memory goes, in bytes.
 *
 * @param parameters network and encoding in float32, and as much again for gradients
 * @param batch inputs, activations and their gradients of one batch
 * @param picture the target, the output, the shuffle's order and the encoded inputs of every pixel
 * @param kernel the matrices that are alive together, the eigenvalue solver's two copies, and the
 *     activations and gradients of the points; 0 without checkpoints
 */
record Memory(long parameters, long batch, long picture, long kernel) {

  /** The initial kernel (for the drift), the total, a product being added; mlp and grid apart. */
  private static final int LIVE_MATRICES = 3;

  private static final int LIVE_MATRICES_OF_GRIDS = 5;
  private static final int SOLVER_MATRICES = 2;

  static Memory of(Trial trial) {
    Shape shape = Shape.of(trial);
    double units = shape.hidden() * shape.width();
    double batch = Math.min(trial.training().batchSize(), shape.pixels());
    return new Memory(
        (long) (2 * Float.BYTES * shape.parameters()),
        (long) (batch * Float.BYTES * 2 * (shape.encoded() + units + Shape.CHANNELS)),
        (long)
            (shape.pixels()
                * (Float.BYTES * (2.0 * Shape.CHANNELS + shape.encoded()) + Integer.BYTES)),
        kernel(trial, shape));
  }

  private static long kernel(Trial trial, Shape shape) {
    if (trial.ntk().epochs().isEmpty()) {
      return 0;
    }
    int bytes = trial.ntk().precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    double rows = CostModel.kernelRows(trial, shape);
    int matrices = SOLVER_MATRICES + (shape.learns() ? LIVE_MATRICES_OF_GRIDS : LIVE_MATRICES);
    double units = shape.encoded() + shape.hidden() * shape.width();
    double points = shape.kernelPoints() * units * (1 + Shape.CHANNELS);
    return (long) (bytes * (matrices * rows * rows + points));
  }

  long total() {
    return parameters + batch + picture + kernel;
  }

  /** What to change when the trial does not fit: the largest part and the keys that it follows. */
  String remedy() {
    long largest = Math.max(Math.max(parameters, batch), Math.max(picture, kernel));
    if (largest == kernel) {
      return "the kernel takes "
          + Quantity.bytes(kernel)
          + ": lower ntk.points or set ntk.outputs to mean";
    } else if (largest == parameters) {
      return "the parameters take "
          + Quantity.bytes(parameters)
          + ": lower encoding.resolution or network.width";
    } else if (largest == batch) {
      return "a batch takes " + Quantity.bytes(batch) + ": lower training.batch-size";
    }
    return "the picture takes " + Quantity.bytes(picture) + ": set or lower signal.size";
  }
}
