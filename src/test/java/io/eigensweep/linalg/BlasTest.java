package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlasTest {
  private static DMatrixRMaj random(String name, int rows, int columns) {
    RandomStream stream = RandomStream.of(name, 1);
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    Arrays.setAll(matrix.data, i -> stream.nextGaussian());
    return matrix;
  }

  /** The largest difference of two entries; NaN if there is one. */
  private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
    double largest = 0;
    for (int i = 0; i < a.getNumElements(); i++) {
      largest = Math.max(largest, Math.abs(a.data[i] - b.data[i]));
    }
    return largest;
  }

  /** Panels of the whole-matrix products end inside these shapes. */
  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void productsEqualEjml(BlasChoice choice) {
    Blas blas = Blas.of(choice);
    DMatrixRMaj a = random("a", 5000, 30);
    DMatrixRMaj b = random("b", 30, 40);
    DMatrixRMaj c = random("c", 5000, 40);
    DMatrixRMaj expected = c.copy();
    DMatrixRMaj product = new DMatrixRMaj(5000, 40);
    CommonOps_DDRM.mult(2, a, b, product);
    CommonOps_DDRM.add(product, 0.5, c, expected);
    blas.multiply(2, a, false, b, 0.5, c);
    assertThat(distance(c, expected)).isLessThan(1e-11);

    DMatrixRMaj transposed = new DMatrixRMaj(40, 30);
    CommonOps_DDRM.transpose(b, transposed);
    DMatrixRMaj again = new DMatrixRMaj(5000, 40);
    blas.multiply(2, a, true, transposed, 0, again);
    assertThat(distance(again, product)).isLessThan(1e-11);

    DMatrixRMaj gram = random("g", 30, 40);
    DMatrixRMaj expectedGram = gram.copy();
    CommonOps_DDRM.multAddTransA(a, c, expectedGram);
    blas.multiplyTransposed(1, a, c, 1, gram);
    assertThat(distance(gram, expectedGram)).isLessThan(1e-8);
  }

  @ParameterizedTest
  @EnumSource(BlasChoice.class)
  void singlePrecisionHonoursOffsetsAndStrides(BlasChoice choice) {
    Blas blas = Blas.of(choice);
    float[] a = {9, 1, 2, 9, 3, 4, 9};
    float[] b = {1, 0, 1, 1};
    float[] c = {7, 7, 7, 7, 7, 7};
    blas.sgemm(false, false, 2, 2, 2, 1, a, 1, 3, b, 0, 2, 0, c, 1, 2);
    assertThat(c).containsExactly(7, 3, 2, 7, 4, 7);
    float[] d = new float[4];
    blas.sgemm(true, true, 2, 2, 2, 1, a, 1, 3, b, 0, 2, 0, d, 0, 2);
    assertThat(d).containsExactly(1, 4, 2, 6);
  }

  /** What this machine's row says; CI machines have the native library. */
  @Test
  void autoTakesTheNativeLibraryWhereItLoads() {
    assertThat(Blas.of(BlasChoice.AUTO).name()).startsWith("openblas-");
    assertThat(Blas.of(BlasChoice.JAVA).name()).startsWith("netlib-java ");
    assertThat(Blas.of(BlasChoice.JAVA).isNative()).isFalse();
  }

  /**
   * A task owns one core. CPU time, not wall time, so that a busy machine changes nothing: were the
   * products shared by two threads, the process would spend twice what this thread spends, in every
   * round. What else the JVM does, its compiler above all, is not in every round.
   */
  @Test
  void productsAndFactorisationsStayOnTheCallersThread() {
    Blas blas = Blas.of(BlasChoice.NATIVE);
    DMatrixRMaj matrix = random("threads", 700, 700);
    DMatrixRMaj product = new DMatrixRMaj(700, 700);
    double products = Double.POSITIVE_INFINITY;
    double factorisations = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 30 && Math.max(products, factorisations) >= 1.5; round++) {
      products =
          Math.min(
              products,
              cpuShare(
                  () -> {
                    for (int i = 0; i < 4; i++) {
                      blas.multiply(1, matrix, true, matrix, 0, product);
                    }
                  }));
      factorisations =
          Math.min(factorisations, cpuShare(() -> SymmetricEigenvalues.of(product, blas)));
    }
    assertThat(products).isLessThan(1.5);
    assertThat(factorisations).isLessThan(1.5);
  }

  /** CPU time of the process over that of this thread, during {@code work}. */
  private static double cpuShare(Runnable work) {
    long process = processCpuNanos();
    long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread;
    return (processCpuNanos() - process) / (double) thread;
  }

  private static long processCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
