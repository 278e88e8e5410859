package io.eigensweep.trial;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.ntk.KernelSample;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.signal.SurfacePoints;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.Optimizer;
import io.eigensweep.training.Schedule;
import io.eigensweep.training.TrainingSettings;
import java.util.Arrays;
import java.util.Objects;

/** Chooses the points of a signal on which a trial's kernels are computed. */
final class KernelSamples {
  private KernelSamples() {}

  /**
   * The sample of {@code signal}.
   *
   * @param set what the network is trained on
   * @param points the same, encoded
   */
  static KernelSample of(Trial trial, LoadedSignal signal, TrainingSet set, EncodedPoints points) {
    SamplePoints asked = trial.ntk().points();
    if (asked.pattern() == Pattern.RANDOM) {
      int[] chosen = random(points.count(), asked.count(), trial.seed());
      return ofTraining(chosen, 0, signal, set, points);
    }
    if (signal instanceof LoadedSurface surface) {
      SurfacePoints sample = surface.kernelPoints(asked.count(), trial.seed());
      int d = surface.dimensions();
      EncodedPoints encoded = Encoder.encode(trial.encoding(), sample.points(), d, trial.seed());
      return new KernelSample(encoded, d, 0, sample.targets());
    }
    LoadedPicture picture = (LoadedPicture) signal;
    int[] lattice =
        PixelGrid.lattice(picture.trainedWidth(), picture.trainedHeight(), asked.count());
    int side = (int) Math.round(Math.sqrt(lattice.length));
    return ofTraining(lattice, side, signal, set, points);
  }

  private static KernelSample ofTraining(
      int[] chosen, int side, LoadedSignal signal, TrainingSet set, EncodedPoints points) {
    int channels = signal.channels();
    float[] targets = new float[chosen.length * channels];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(set.targets(), chosen[i] * channels, targets, i * channels, channels);
    }
    return new KernelSample(points.select(chosen), signal.dimensions(), side, targets);
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
    if (training.optimizer() == Optimizer.ADAM || training.schedule() != Schedule.CONSTANT) {
      return Double.NaN;
    }
    double rate =
        Objects.requireNonNull(training.learningRate(), "a learning rate that is resolved");
    Double momentum = training.momentum();
    return 2 * rate / (momentum == null ? 1 : 1 - momentum);
  }
}
