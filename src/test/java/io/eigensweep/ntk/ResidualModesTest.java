package io.eigensweep.ntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.encoding.Identity;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ResidualModesTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);
  private static final NetworkSettings NETWORK =
      new NetworkSettings(1, 24, Activation.TANH, Parameterization.WIDTH, true);

  /** r ← (I − (2η/NC)K)r, done step by step, is what is predicted; both bases add to its square. */
  @Test
  void predictsWhatTheLinearDynamicsDo() {
    int k = 6;
    Networks.Case one = Networks.lattice(NETWORK, new Identity(), k, 3, 5, BLAS);
    DMatrixRMaj kernel = one.kernel(one.factors());
    DMatrixRMaj residual = new DMatrixRMaj(k * k, 3);
    for (int i = 0; i < residual.getNumElements(); i++) {
      residual.data[i] = one.sample().targets()[i] - 0.5;
    }
    double rate = 0.8;
    int steps = 12;
    DMatrixRMaj moved = residual.copy();
    DMatrixRMaj change = new DMatrixRMaj(k * k, 3);
    for (int step = 0; step < steps; step++) {
      CommonOps_DDRM.mult(kernel, moved, change);
      CommonOps_DDRM.addEquals(moved, -rate / residual.getNumElements(), change);
    }
    ResidualModes modes = new ResidualModes(one.sample(), 3, Outputs.MEAN, rate, 4, BLAS);
    assertThat(modes.next(0, residual, kernel, false)).isEmpty();
    List<ModeEnergy> energies = modes.next(3, moved, kernel, true);
    double scale = square(residual);
    for (String basis : List.of("eigen", "frequency")) {
      List<ModeEnergy> own = energies.stream().filter(e -> e.basis().equals(basis)).toList();
      assertThat(own.stream().mapToInt(ModeEnergy::count).sum()).isEqualTo(k * k);
      assertThat(own.stream().mapToDouble(ModeEnergy::before).sum())
          .isCloseTo(square(residual), within(1e-12 * scale));
      assertThat(own.stream().mapToDouble(ModeEnergy::after).sum())
          .isCloseTo(square(moved), within(1e-12 * scale));
      for (ModeEnergy energy : own) {
        assertThat(energy.predicted()).isCloseTo(energy.after(), within(1e-12 * scale));
      }
    }
    assertThat(energies.get(0).after()).isLessThan(energies.get(0).before());
  }

  private static double square(DMatrixRMaj matrix) {
    double square = 0;
    for (double x : matrix.data) {
      square += x * x;
    }
    return square / matrix.getNumElements();
  }

  @Test
  void predictsNothingWhereNoKernelDoes() {
    Networks.Case one = Networks.lattice(NETWORK, new Identity(), 4, 1, 5, BLAS);
    DMatrixRMaj kernel = one.kernel(one.factors());
    DMatrixRMaj residual = new DMatrixRMaj(16, 1);
    residual.fill(1);
    ResidualModes modes = new ResidualModes(one.sample(), 1, Outputs.MEAN, Double.NaN, 4, BLAS);
    modes.next(0, residual, kernel, false);
    assertThat(modes.next(1, residual, kernel, true))
        .allSatisfy(energy -> assertThat(energy.predicted()).isNull());
  }

  @Test
  void cosinesKnowTheirFrequency() {
    Cosines cosines = new Cosines(8);
    double[] wave = new double[64];
    for (int i = 0; i < 64; i++) {
      wave[i] = Math.cos(Math.PI * (2 * (i % 8) + 1) * 6 / 16.0);
    }
    double[] transform = cosines.of(wave, 0, 1);
    for (int entry = 0; entry < 64; entry++) {
      assertThat(Math.abs(transform[entry]) > 1e-12).isEqualTo(entry == 6);
    }
    assertThat(cosines.frequency(6)).isEqualTo(3);
  }

  @Test
  void alignmentIsOneForTheTargetsOwnKernel() {
    float[] targets = {1, 2, 0, 5, 3, 3, 7, 1};
    DMatrixRMaj kernel = new DMatrixRMaj(4, 4);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        kernel.set(i, j, targets[2 * i] * targets[2 * j] + targets[2 * i + 1] * targets[2 * j + 1]);
      }
    }
    assertThat(Alignment.of(kernel, targets)).isCloseTo(1, within(1e-12));
    assertThat(Alignment.of(kernel, new float[] {1, 1, 1, 1})).isNull();
  }
}
