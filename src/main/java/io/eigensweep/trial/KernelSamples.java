package io.eigensweep.trial;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.ntk.KernelSample;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.signal.Image;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.training.Optimizer;
import io.eigensweep.training.Schedule;
import io.eigensweep.training.TrainingSettings;
import java.util.Arrays;
import java.util.Objects;

/** Chooses the pixels of a picture on which a trial's kernels are computed. */
final class KernelSamples {
  private static final int DIMENSIONS = 2;

  private KernelSamples() {}

  /** The sample of {@code image}, all of whose pixels are encoded in {@code points}. */
  static KernelSample of(Trial trial, Image image, EncodedPoints points) {
    SamplePoints asked = trial.ntk().points();
    boolean lattice = asked.pattern() == Pattern.LATTICE;
    int[] pixels =
        lattice
            ? PixelGrid.lattice(image.width(), image.height(), asked.count())
            : random(image.pixels(), asked.count(), trial.seed());
    int channels = image.channels();
    float[] targets = new float[pixels.length * channels];
    for (int i = 0; i < pixels.length; i++) {
      System.arraycopy(image.values(), pixels[i] * channels, targets, i * channels, channels);
    }
    return new KernelSample(
        points.select(pixels),
        DIMENSIONS,
        lattice ? (int) Math.round(Math.sqrt(pixels.length)) : 0,
        targets);
  }

  /** Pixels without replacement, ascending. */
  private static int[] random(int pixels, int count, long seed) {
    int[] all = new int[pixels];
    Arrays.setAll(all, i -> i);
    RandomStream.of("ntk/points", seed).shuffle(all);
    int[] chosen = Arrays.copyOf(all, Math.min(pixels, count));
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
