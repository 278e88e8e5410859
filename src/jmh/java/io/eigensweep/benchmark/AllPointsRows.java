package io.eigensweep.benchmark;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.AllPoints;
import io.eigensweep.ntk.AllPointsBound;
import io.eigensweep.ntk.AllPointsCost;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/** Seconds of the bounds over every pixel of a drawn picture, for a network that was trained. */
final class AllPointsRows {
  private static final int WIDTH = 256;
  private static final int CHANNELS = 3;
  private static final AllPointsBound.Limits LIMITS =
      new AllPointsBound.Limits(600, 1.05, 1000L << 20);

  /** Operations a second of the core that limits and plans of the bounds are stated for. */
  private static final double NOMINAL_RATE = 15e9;

  private AllPointsRows() {}

  /** A picture's side, R, epochs of training. */
  private record Case(int side, int resolution, int epochs) {}

  static void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%nλ_min over all points: L = 2, width %d, 2 hidden layers, mean of 3 outputs%n"
            + "%8s %6s %7s %10s %10s %8s %9s %10s %12s%n",
        WIDTH,
        "points",
        "R",
        "epochs",
        "lower",
        "upper",
        "columns",
        "took s",
        "planned s",
        "planned MiB");
    print(new Case(128, 200, 20), out);
    print(new Case(256, 400, 10), out);
  }

  private static void print(Case one, PrintStream out) {
    Multigrid encoding = new Multigrid(2, 2, one.resolution(), 2, 0.01, Interpolation.LINEAR);
    Blas blas = Blas.of(BlasChoice.NATIVE);
    AllPoints all = trained(one, encoding, blas);
    AllPointsCost cost =
        Objects.requireNonNull(
            AllPointsCost.ofPicture(
                all.network(),
                encoding,
                one.side(),
                one.side(),
                CHANNELS,
                Outputs.MEAN,
                LIMITS.bytes()));
    long start = System.nanoTime();
    AllPointsBound bound = AllPointsBound.of(all, LIMITS, blas, () -> {});
    double took = (System.nanoTime() - start) * 1e-9;
    out.printf(
        Locale.ROOT,
        "%8d %6d %7d %10.2e %10.2e %8d %9.1f %10.1f %12d%n",
        one.side() * one.side(),
        one.resolution(),
        one.epochs(),
        bound.lower(),
        bound.upper(),
        bound.columns(),
        took,
        cost.operations(bound.columns()) / NOMINAL_RATE,
        cost.bytes(bound.columns()) >> 20);
  }

  private static AllPoints trained(Case one, Multigrid encoding, Blas blas) {
    NetworkSettings network =
        new NetworkSettings(2, WIDTH, Activation.RELU, Parameterization.WIDTH, true);
    Signal picture =
        new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, one.side(), 0, Coordinates.CENTERS);
    TrainingSet set;
    try {
      set = new SignalFiles(new Configuration(false)).read(picture).trainingSet(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EncodedPoints points = Encoder.encode(encoding, set.points(), 2, 0);
    Trainer trainer =
        new Trainer(
            TrainingSettings.sgd(100, Task.BATCH, one.epochs(), one.epochs()),
            network,
            Parameters.initial(network, encoding, 2, CHANNELS, 0),
            new Samples(points, CHANNELS, set.targets()),
            0,
            blas);
    for (int epoch = 0; epoch < one.epochs(); epoch++) {
      trainer.runEpoch();
    }
    return new AllPoints(network, trainer.parameters(), points, 2, Outputs.MEAN);
  }
}
