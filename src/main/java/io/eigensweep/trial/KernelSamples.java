package io.eigensweep.trial;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.ntk.KernelPoints;
import io.eigensweep.ntk.KernelSample;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.signal.SurfacePoints;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.Schedule;
import io.eigensweep.training.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Chooses the points of a signal on which a trial's kernels are computed. */
final class KernelSamples {
  private KernelSamples() {}

  /**
   * The points of {@code trial}'s kernels.
   *
   * @param set what the network is trained on
   * @param points what the network is trained on, encoded
   */
  static KernelPoints of(Trial trial, LoadedSignal signal, TrainingSet set, EncodedPoints points) {
    SamplePoints asked = trial.ntk().points();
    KernelSample training = new KernelSample(points, signal.dimensions(), 0, set.targets());
    List<KernelPoints.Window> windows =
        asked.windows() == null || trial.ntk().epochs().isEmpty()
            ? List.of()
            : KernelWindows.of(signal, training, asked.count(), asked.windows(), trial.seed());
    if (asked.pattern() == Pattern.RANDOM) {
      int[] chosen = random(points.count(), asked.count(), trial.seed());
      return new KernelPoints(training.select(chosen, 0), true, training, windows);
    }
    if (signal instanceof LoadedSurface surface) {
      SurfacePoints sample = surface.kernelPoints(asked.count(), trial.seed());
      int d = surface.dimensions();
      EncodedPoints encoded = Encoder.encode(trial.encoding(), sample.points(), d, trial.seed());
      boolean ofTraining = asked.count() <= surface.signal().sampling().uniform();
      return new KernelPoints(
          new KernelSample(encoded, d, 0, sample.targets()), ofTraining, training, windows);
    }
    LoadedPicture picture = (LoadedPicture) signal;
    int[] lattice =
        PixelGrid.lattice(picture.trainedWidth(), picture.trainedHeight(), asked.count());
    int side = (int) Math.round(Math.sqrt(lattice.length));
    return new KernelPoints(training.select(lattice, side), true, training, windows);
  }

  /** Training points without replacement, ascending. */
  private static int[] random(int points, int count, long seed) {
    int[] all = new int[points];
    Arrays.setAll(all, i -> i);
    RandomStream.of("ntk/points", seed).shuffle(all);
    int[] chosen = Arrays.copyOf(all, Math.min(points, count));
    Arrays.sort(chosen);
    return chosen;
  }

  /**
   * 2η, divided by 1 − μ with momentum; NaN for rules that no kernel predicts: Adam, and a rate
   * that changes.
   */
  static double ratePerStep(TrainingSettings training) {
    double rate =
        Objects.requireNonNull(training.learningRate(), "a learning rate that is resolved");
    return training.schedule() == Schedule.CONSTANT
        ? 2 * training.optimizer().flowTime(rate).orElse(Double.NaN)
        : Double.NaN;
  }
}
