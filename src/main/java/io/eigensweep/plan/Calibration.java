package io.eigensweep.plan;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.SymmetricEigenvalues;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Measures the {@link Rates} of this machine in about a second: float32 and float64 products,
 * eigenvalues, and values gathered from a grid of R = 200, each the best of several repeats,
 * because whatever disturbs a measurement makes it slower.
 */
public final class Calibration {
  private static final long BUDGET_NANOS = 200_000_000;
  private static final int ROWS = 1024;
  private static final int WIDTH = 256;
  private static final int EIGENVALUES = 384;
  private static final int NODES = 201 * 201;
  private static final int TOUCHES = 1 << 18;

  private Calibration() {}

  /** The rates of the library that {@code settings} give here. */
  public static Rates measure(LinalgSettings settings) {
    Blas blas = Blas.of(settings);
    float[] a = new float[ROWS * WIDTH];
    float[] b = new float[WIDTH * WIDTH];
    float[] c = new float[ROWS * WIDTH];
    double[] wideA = new double[ROWS * WIDTH];
    double[] wideB = new double[WIDTH * WIDTH];
    double[] wideC = new double[ROWS * WIDTH];
    RandomStream random = RandomStream.of("calibration", 0);
    Arrays.setAll(wideA, i -> random.nextDouble());
    Arrays.setAll(wideB, i -> random.nextDouble());
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) wideA[i];
    }
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) wideB[i];
    }
    double product = 2.0 * ROWS * WIDTH * WIDTH;
    double sgemm =
        best(
            () ->
                blas.sgemm(
                    false, true, ROWS, WIDTH, WIDTH, 1, a, 0, WIDTH, b, 0, WIDTH, 0, c, 0, WIDTH));
    double dgemm =
        best(
            () ->
                blas.dgemm(
                    false, true, ROWS, WIDTH, WIDTH, 1, wideA, 0, WIDTH, wideB, 0, WIDTH, 0, wideC,
                    0, WIDTH));
    DMatrixRMaj symmetric = symmetric(random);
    double eigen = best(() -> SymmetricEigenvalues.of(symmetric.copy(), blas));
    double n = EIGENVALUES;
    return new Rates(
        product / sgemm,
        product / dgemm,
        4.0 / 3 * n * n * n / eigen,
        TOUCHES / touchSeconds(random),
        Rates.NATIVE.scalar());
  }

  private static DMatrixRMaj symmetric(RandomStream random) {
    DMatrixRMaj matrix = new DMatrixRMaj(EIGENVALUES, EIGENVALUES);
    for (int i = 0; i < EIGENVALUES; i++) {
      for (int j = 0; j <= i; j++) {
        double value = random.nextGaussian();
        matrix.set(i, j, value);
        matrix.set(j, i, value);
      }
    }
    return matrix;
  }

  /** Weighted values added up from random nodes, as a grid's gather does. */
  private static double touchSeconds(RandomStream random) {
    int[] nodes = new int[TOUCHES / 2];
    float[] weights = new float[nodes.length];
    float[] values = new float[2 * NODES];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = 2 * (int) (random.nextDouble() * NODES);
      weights[i] = (float) random.nextDouble();
    }
    float[] target = new float[2 * (nodes.length / 4)];
    return best(
        () -> {
          for (int i = 0; i < target.length / 2; i++) {
            float x = 0;
            float y = 0;
            for (int corner = 4 * i; corner < 4 * i + 4; corner++) {
              x += weights[corner] * values[nodes[corner]];
              y += weights[corner] * values[nodes[corner] + 1];
            }
            target[2 * i] = x;
            target[2 * i + 1] = y;
          }
        });
  }

  /** Seconds of the fastest repeat within the budget. */
  private static double best(Runnable work) {
    long end = System.nanoTime() + BUDGET_NANOS;
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    do {
      work.run();
      long now = System.nanoTime();
      least = Math.min(least, now - start);
      start = now;
    } while (start < end);
    return least * 1e-9;
  }
}
