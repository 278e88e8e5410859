package io.eigensweep.ntk;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Centred kernel alignment with the targets (Cortes et al. 2012): ⟨K_c, YYᵀ⟩/(‖K_c‖_F‖YYᵀ‖_F), K_c
 * the kernel and Y the targets with their means taken off. Between 0 and 1; without centring the
 * picture's mean brightness would be most of it.
 */
final class Alignment {
  private Alignment() {}

  /**
   * The alignment of {@code kernel}, null where the targets are constant.
   *
   * @param targets M × columns, row-major, M the rows of the kernel
   */
  static @Nullable Double of(DMatrixRMaj kernel, float[] targets) {
    int n = kernel.numRows;
    int columns = targets.length / n;
    DMatrixRMaj y = new DMatrixRMaj(n, columns);
    for (int c = 0; c < columns; c++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += targets[i * columns + c] / (double) n;
      }
      for (int i = 0; i < n; i++) {
        y.set(i, c, targets[i * columns + c] - mean);
      }
    }
    double[] rowMeans = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rowMeans[i] += kernel.data[i * n + j] / n;
      }
      mean += rowMeans[i] / n;
    }
    double product = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double entry = kernel.data[i * n + j] - rowMeans[i] - rowMeans[j] + mean;
        square += entry * entry;
        double outer = 0;
        for (int c = 0; c < columns; c++) {
          outer += y.data[i * columns + c] * y.data[j * columns + c];
        }
        product += entry * outer;
      }
    }
    double norm = 0;
    for (int a = 0; a < columns; a++) {
      for (int b = 0; b < columns; b++) {
        double inner = 0;
        for (int i = 0; i < n; i++) {
          inner += y.data[i * columns + a] * y.data[i * columns + b];
        }
        norm += inner * inner;
      }
    }
    double scale = Math.sqrt(square * norm);
    return scale > 0 ? product / scale : null;
  }
}
