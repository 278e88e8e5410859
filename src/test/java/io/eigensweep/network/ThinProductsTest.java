package io.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinProductsTest {
  private static final int IN = 34;
  private static final int STRIDE = IN + 1;
  private static final Blas BLAS = Blas.of(BlasChoice.NATIVE);

  @ParameterizedTest
  @CsvSource({"512, 256", "512, 250", "128, 256", "176, 200"})
  void piecesAreTheWholeProducts(int out, int count) {
    ThinProducts products = new ThinProducts(BLAS, IN, STRIDE, out, true);
    assertThat(products.takesForward(count)).isTrue();
    assertThat(products.takesUpdate(count)).isTrue();
    RandomStream random = RandomStream.of("thin", 0);
    float[] input = gaussian(random, count * STRIDE);
    float[] weights = gaussian(random, out * STRIDE);
    float[] z = new float[count * out];
    products.forward(count, 0.1f, input, weights, true, z, out);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < out; j++) {
        double sum = 0;
        for (int k = 0; k < STRIDE; k++) {
          sum += (double) input[i * STRIDE + k] * weights[j * STRIDE + k];
        }
        assertThat((double) z[i * out + j]).isCloseTo(0.1 * sum, within(1e-5));
      }
    }
    float[] update = gaussian(random, out * STRIDE);
    float[] before = update.clone();
    products.update(count, 0.1f, z, 0, out, input, 0, 1, update);
    float[] fresh = gaussian(random, out * STRIDE);
    products.update(count, 0.1f, z, 0, out, input, 0, 0, fresh);
    for (int j = 0; j < out; j++) {
      for (int k = 0; k < IN; k++) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
          sum += (double) z[i * out + j] * input[i * STRIDE + k];
        }
        int at = j * STRIDE + k;
        assertThat((double) update[at]).isCloseTo(before[at] + 0.1 * sum, within(1e-4));
        assertThat((double) fresh[at]).isCloseTo(0.1 * sum, within(1e-4));
      }
      assertThat(update[j * STRIDE + IN]).isEqualTo(before[j * STRIDE + IN]);
    }
  }

  /** 209 samples leave a piece of 17 rows, 242 one of 2, whose sums would have another order. */
  @ParameterizedTest
  @CsvSource({"256, true", "242, false", "209, true"})
  void bitsAreThoseOfTheGeneralProduct(int count, boolean taken) {
    int out = 512;
    ThinProducts products = new ThinProducts(BLAS, IN, STRIDE, out, true);
    assertThat(products.takesForward(count)).isEqualTo(taken);
    if (!taken) {
      return;
    }
    RandomStream random = RandomStream.of("thin", 1);
    float[] input = gaussian(random, count * STRIDE);
    float[] weights = gaussian(random, out * STRIDE);
    float[] z = new float[count * out];
    products.forward(count, 0.1f, input, weights, true, z, out);
    float[] general = new float[count * out];
    BLAS.sgemm(
        false, true, count, out, STRIDE, 0.1f, input, 0, STRIDE, weights, 0, STRIDE, 0f, general, 0,
        out);
    assertThat(z).isEqualTo(general);
  }

  @ParameterizedTest
  @CsvSource({"500, 256, true", "512, 3, true", "512, 256, false", "65536, 256, true"})
  void leavesOthersToTheGeneralProduct(int out, int count, boolean first) {
    ThinProducts products = new ThinProducts(BLAS, IN, STRIDE, out, first);
    assertThat(products.takesForward(count)).isFalse();
  }

  private static float[] gaussian(RandomStream random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
