package io.eigensweep.benchmark;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.training.EjmlTraining;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;

/**
 * A training without its trainer: a picture of random values, an encoding, a network of two hidden
 * layers.
 *
 * @param encoding of the coordinates
 * @param network its shape
 * @param samples encoded pixels and their values
 * @param initial the network's numbers
 */
record Task(Encoding encoding, NetworkSettings network, Samples samples, Parameters initial) {
  /** Samples of a step. */
  static final int BATCH = 1024;

  private static final int CHANNELS = 3;

  /** The task on {@code side} × {@code side} pixels. */
  static Task of(String encoding, int width, int side) {
    Encoding chosen = encoding(encoding);
    NetworkSettings network =
        new NetworkSettings(2, width, Activation.RELU, Parameterization.WIDTH, true);
    EncodedPoints points =
        Encoder.encode(chosen, PixelGrid.coordinates(side, side, Coordinates.CENTERS), 2, 0);
    float[] targets = new float[points.count() * CHANNELS];
    RandomStream random = RandomStream.of("benchmark", 0);
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.nextDouble();
    }
    return new Task(
        chosen,
        network,
        new Samples(points, CHANNELS, targets),
        Parameters.initial(network, chosen, 2, CHANNELS, 0));
  }

  /** {@code identity}, {@code fourier} of 8 levels, or {@code multigrid-R} of two levels. */
  private static Encoding encoding(String name) {
    if (name.startsWith("multigrid-")) {
      int resolution = Integer.parseInt(name.substring("multigrid-".length()));
      return new Multigrid(2, 2, resolution, 2, 0.01, Interpolation.LINEAR);
    }
    return name.equals("fourier") ? new Fourier(8) : new Identity();
  }

  /** A trainer of plain descent at {@code rate}. */
  Trainer trainer(double rate, BlasChoice blas) {
    return new Trainer(
        TrainingSettings.sgd(rate, BATCH, 10_000_000, 10_000_000),
        network,
        initial,
        samples,
        0,
        Blas.of(blas));
  }

  /** This training with EJML alone. */
  EjmlTraining ejml(double rate) {
    return new EjmlTraining(network, initial, samples, BATCH, rate, 0);
  }

  /** Necessary operations of one epoch: 4P + 2(P − P₁) a sample, P₁ only where γ learns. */
  double flopsPerEpoch() {
    long inputs = encoding.encodedDimension(2);
    long all = network.parameterCount((int) inputs, CHANNELS);
    long first = encoding.parameterCount(2) > 0 ? 0 : inputs * network.width();
    return (double) samples.points().count() * (4 * all + 2 * (all - first));
  }
}
