package io.eigensweep.trial;

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
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * Bounds of λ_min over every pixel of a photograph, with their time and memory: {@code main} takes
 * the picture's file, the side to which it is resampled, the resolution R of a multigrid, epochs of
 * training and the network's width.
 */
public final class AllPointsRun {
  private static final AllPointsBound.Limits LIMITS =
      new AllPointsBound.Limits(600, 1.05, 2000L << 20);

  private AllPointsRun() {}

  /** Trains, and prints the bounds. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]).toAbsolutePath();
    int side = Integer.parseInt(args[1]);
    Multigrid encoding =
        new Multigrid(2, 2, Integer.parseInt(args[2]), 2, 0.01, Interpolation.LINEAR);
    int epochs = Integer.parseInt(args[3]);
    NetworkSettings network =
        new NetworkSettings(
            2, Integer.parseInt(args[4]), Activation.RELU, Parameterization.WIDTH, true);
    Blas blas = Blas.of(BlasChoice.AUTO);
    Signal signal =
        new Signal.ImageFile(
            Objects.requireNonNull(file.getParent()).toUri().toString(),
            Objects.requireNonNull(file.getFileName()).toString(),
            side,
            Coordinates.CENTERS);
    TrainingSet set = new SignalFiles(new Configuration(false)).read(signal).trainingSet(0);
    EncodedPoints points = Encoder.encode(encoding, set.points(), 2, 0);
    Trainer trainer =
        new Trainer(
            TrainingSettings.sgd(100, 1024, Math.max(1, epochs), Math.max(1, epochs)),
            network,
            Parameters.initial(network, encoding, 2, 3, 0),
            new Samples(points, 3, set.targets()),
            0,
            blas);
    for (int epoch = 0; epoch < epochs; epoch++) {
      trainer.runEpoch();
    }
    System.out.println(trainer.curve().get(trainer.curve().size() - 1));
    AllPointsCost cost =
        AllPointsCost.ofPicture(network, encoding, side, side, 3, Outputs.MEAN, LIMITS.bytes());
    long start = System.nanoTime();
    AllPointsBound bound =
        AllPointsBound.of(
            new AllPoints(network, trainer.parameters(), points, 2, Outputs.MEAN),
            LIMITS,
            blas,
            () -> {});
    System.out.printf(
        Locale.ROOT,
        "%s%n%.1f s, upper/lower %.4f%n",
        bound,
        (System.nanoTime() - start) * 1e-9,
        bound.upper() / bound.lower());
    if (cost != null) {
      System.out.printf(
          Locale.ROOT,
          "planned: %d MiB, %.2e operations%n",
          cost.bytes(bound.columns()) >> 20,
          cost.operations(bound.columns()));
    }
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
    }
  }
}
