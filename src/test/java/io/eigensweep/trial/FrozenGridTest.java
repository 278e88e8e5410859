package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.Kernel;
import io.eigensweep.ntk.KernelBuilder;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.training.Optimizer;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Schedule;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The ablation of the kernel is the one of training: a full-batch step moves the outputs by
 * −(2η/(NC))·K·r to first order, where K loses the grid's term at the moment when the grid freezes.
 */
class FrozenGridTest {
  private static final int SIDE = 6;
  private static final int HALF = 5;
  private static final double RATE = 0.05;
  private static final Multigrid GRID = new Multigrid(2, 2, 8, 2, 0.3, Interpolation.LINEAR);
  private static final NetworkSettings NETWORK =
      new NetworkSettings(2, 24, Activation.TANH, Parameterization.WIDTH, true);
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);

  private final EncodedPoints points =
      Encoder.encode(GRID, PixelGrid.coordinates(SIDE, SIDE, Coordinates.CENTERS), 2, 0);
  private final float[] targets = targets();

  private static float[] targets() {
    Random random = new Random(3);
    float[] values = new float[3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** A network after {@link #HALF} full-batch steps. */
  private Trainer half(@Nullable Integer freezeGridAt) {
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(),
            RATE,
            null,
            Schedule.CONSTANT,
            SIDE * SIDE,
            2 * HALF,
            freezeGridAt,
            null,
            1);
    Parameters initial = Parameters.initial(NETWORK, GRID, 2, 3, 0);
    Trainer trainer =
        new Trainer(settings, NETWORK, initial, new Samples(points, 3, targets), 0, BLAS);
    for (int epoch = 0; epoch < HALF; epoch++) {
      trainer.runEpoch();
    }
    return trainer;
  }

  private ForwardPass pass(Trainer trainer) {
    return ForwardPass.of(NETWORK, trainer.parameters(), points, BLAS);
  }

  /** ‖Δf + (2η/(NC))·K·r‖ / ‖Δf‖ of the next step, K the total kernel and the network's alone. */
  private double[] mismatch(Trainer trainer) {
    ForwardPass before = pass(trainer);
    Kernel kernel = KernelBuilder.build(before, Outputs.FULL, BLAS);
    double[] outputs = before.outputs().data.clone();
    trainer.runEpoch();
    double[] after = pass(trainer).outputs().data;
    return new double[] {
      mismatch(kernel.total(), outputs, after), mismatch(kernel.mlp(), outputs, after)
    };
  }

  private double mismatch(DMatrixRMaj kernel, double[] before, double[] after) {
    double error = 0;
    double moved = 0;
    for (int i = 0; i < targets.length; i++) {
      double predicted = 0;
      for (int j = 0; j < targets.length; j++) {
        predicted -= kernel.get(i, j) * (before[j] - targets[j]);
      }
      predicted *= 2 * RATE / targets.length;
      double change = after[i] - before[i];
      error += (change - predicted) * (change - predicted);
      moved += change * change;
    }
    return Math.sqrt(error / moved);
  }

  @Test
  void aStepFollowsTheWholeKernelWhileTheGridLearns() {
    double[] mismatch = mismatch(half(null));

    assertThat(mismatch[0]).isLessThan(0.002);
    assertThat(mismatch[1]).isGreaterThan(0.02);
  }

  @Test
  void aStepFollowsTheKernelWithoutTheGridOnceItIsFrozen() {
    double[] mismatch = mismatch(half(HALF));

    assertThat(mismatch[1]).isLessThan(0.002);
    assertThat(mismatch[0]).isGreaterThan(0.02);
  }

  @Test
  void untilTheFreezeBothAreTheSameNetwork() {
    assertThat(pass(half(HALF)).outputs().data).isEqualTo(pass(half(null)).outputs().data);
  }
}
