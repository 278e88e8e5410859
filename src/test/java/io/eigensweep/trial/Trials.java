package io.eigensweep.trial;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.encoding.Identity;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.training.TrainingSettings;
import java.util.List;

/** Small trials on generated pictures. */
final class Trials {
  private Trials() {}

  static Trial identity() {
    return of(new Identity(), 10, 6);
  }

  static Trial fourier() {
    return of(new Fourier(4), 10, 6);
  }

  static Trial multigrid() {
    return of(new Multigrid(2, 2, 8, 2, 0.01, Interpolation.LINEAR), 10, 6);
  }

  static Trial of(Encoding encoding, double learningRate, int epochs) {
    return new Trial(
        new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, 24, 0, Coordinates.CENTERS),
        encoding,
        new NetworkSettings(2, 16, Activation.RELU, Parameterization.WIDTH, true),
        TrainingSettings.sgd(learningRate, 100, epochs, 2),
        NtkSettings.of(
            64, List.of(Checkpoint.parse("init"), Checkpoint.parse("last")), Outputs.MEAN),
        LinalgSettings.of(BlasChoice.AUTO),
        0,
        List.of());
  }
}
