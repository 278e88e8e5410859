package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.PixelGrid;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

/** The residual of a mode falls by exp(−2λt/(NC)), on a network that stays near its kernel. */
class ResidualDecayTest {
  private static final int SIDE = 6;
  private static final int SIZE = 3 * SIDE * SIDE;

  @Test
  void theExponentIsThatOfTraining() {
    Blas blas = Blas.of(BlasChoice.AUTO);
    NetworkSettings network =
        new NetworkSettings(1, 512, Activation.TANH, Parameterization.FAN_IN, true);
    Fourier encoding = new Fourier(2);
    EncodedPoints points =
        Encoder.encode(encoding, PixelGrid.coordinates(SIDE, SIDE, Coordinates.CENTERS), 2, 0);
    Parameters initial = Parameters.initial(network, encoding, 2, 3, 1);
    ForwardPass pass = ForwardPass.of(network, initial, points, blas);
    float[] targets = new float[SIZE];
    for (int i = 0; i < SIZE; i++) { // close to the outputs, so that the network moves little
      targets[i] = (float) (pass.outputs().data[i] + 0.02 * Math.sin(1.7 * i));
    }

    EigenDecomposition_F64<DMatrixRMaj> modes = DecompositionFactory_DDRM.eig(SIZE, true, true);
    assertThat(modes.decompose(kernel(pass, blas))).isTrue();
    Trainer trainer =
        new Trainer(
            TrainingSettings.sgd(0.1, SIZE / 3, 200, 200),
            network,
            initial,
            new Samples(points, 3, targets),
            0,
            blas);
    while (trainer.epoch() < 200) {
      trainer.runEpoch();
    }
    double time = trainer.flowTime().orElseThrow();
    float[] outputs = trainer.outputs();
    int judged = 0;
    for (int mode = 0; mode < SIZE; mode++) {
      double exponent = 2 * modes.getEigenvalue(mode).getReal() * time / SIZE;
      if (exponent > 0.3 && exponent < 3) {
        double before = 0;
        double after = 0;
        for (int i = 0; i < SIZE; i++) {
          double along = modes.getEigenVector(mode).data[i];
          before += along * (pass.outputs().data[i] - targets[i]);
          after += along * (outputs[i] - targets[i]);
        }
        if (Math.abs(before) > 0.01) {
          assertThat(after / before).isCloseTo(Math.exp(-exponent), within(0.02));
          judged++;
        }
      }
    }
    assertThat(judged).isGreaterThan(3);
  }

  private static DMatrixRMaj kernel(ForwardPass pass, Blas blas) {
    KernelOperator operator = new KernelOperator(pass, blas);
    DMatrixRMaj kernel = new DMatrixRMaj(SIZE, SIZE);
    for (int column = 0; column < SIZE; column++) {
      double[] unit = new double[SIZE];
      unit[column] = 1;
      double[] product = operator.times(unit);
      for (int row = 0; row < SIZE; row++) {
        kernel.set(row, column, product[row]);
      }
    }
    return kernel;
  }
}
