package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandFactorTest {

  static SparseSymmetric random(int n, int b, double diagonal, long seed) {
    RandomStream random = RandomStream.of("test/band", seed);
    SparseSymmetric.Builder builder = new SparseSymmetric.Builder(n);
    for (int i = 0; i < n; i++) {
      builder.add(i, diagonal + random.nextGaussian());
      for (int j = i + 1; j <= Math.min(n - 1, i + b); j++) {
        if (j == i + b || random.nextDouble() < 0.7) {
          builder.add(j, random.nextGaussian());
        }
      }
      builder.endRow();
    }
    return builder.build();
  }

  static DMatrixRMaj dense(SparseSymmetric a) {
    DMatrixRMaj dense = new DMatrixRMaj(a.size(), a.size());
    for (int i = 0; i < a.size(); i++) {
      for (int at = a.starts()[i]; at < a.starts()[i + 1]; at++) {
        dense.set(i, a.columns()[at], a.values()[at]);
        dense.set(a.columns()[at], i, a.values()[at]);
      }
    }
    return dense;
  }

  static double[] memory(SparseSymmetric a) {
    return new double[(int) BandFactor.numbers(a.size(), a.bandwidth())];
  }

  @ParameterizedTest
  @CsvSource({
    "1,0", "5,0", "7,1", "9,8", "60,3", "300,70", "300,299", "900,210", "500,64", "129,65"
  })
  void countsTheNegativeEigenvaluesAndSolves(int n, int b) {
    for (BlasChoice choice : new BlasChoice[] {BlasChoice.AUTO, BlasChoice.JAVA}) {
      Blas blas = Blas.of(choice);
      SparseSymmetric a = random(n, b, 1, n + b);
      double[] values = SymmetricEigenvalues.of(dense(a), blas);
      for (double shift : new double[] {values[0] - 1, 0.1, values[n - 1] + 1}) {
        BandFactor factor = BandFactor.of(a, shift, memory(a), blas);
        long below = java.util.Arrays.stream(values).filter(v -> v < shift).count();
        assertThat(factor.negatives()).isEqualTo((int) below);
        DMatrixRMaj x = new DMatrixRMaj(n, 3);
        RandomStream random = RandomStream.of("test/solution", 1);
        for (int i = 0; i < 3 * n; i++) {
          x.data[i] = random.nextGaussian();
        }
        DMatrixRMaj right = a.times(x);
        for (int i = 0; i < 3 * n; i++) {
          right.data[i] -= shift * x.data[i];
        }
        DMatrixRMaj y = right.copy();
        factor.forward(y);
        factor.backward(y);
        double smallest =
            java.util.Arrays.stream(values).map(v -> Math.abs(v - shift)).min().orElseThrow();
        double residual = factor.residual();
        for (int i = 0; i < 3 * n; i++) {
          assertThat(y.data[i]).isCloseTo(x.data[i], within(1e-9 + 100 * residual / smallest));
        }
      }
    }
  }
}
