package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both solvers against spectra that are known, to M·ε·‖K‖ as the floor of a kernel has it. */
class LapackEigenvaluesTest {
  private static final Blas BLAS = Blas.of(BlasChoice.NATIVE);

  private enum Shape {
    GRADED,
    CLUSTERED,
    SINGULAR,
    INDEFINITE,
    ONE_LARGE;

    /** Number i of n. */
    double value(int i, int n) {
      return switch (this) {
        case GRADED -> Math.scalb(1.0, -60 * i / n);
        case CLUSTERED -> 1 + (i % 3) + 1e-14 * i / n;
        case SINGULAR -> 3 * i < n ? 1 + (double) i / n : 0;
        case INDEFINITE -> 2.0 * i / n - 1;
        case ONE_LARGE -> i == 0 ? 1e6 : (double) i / n;
      };
    }
  }

  /** Q·Λ·Qᵀ for a product Q of three reflections. */
  private static DMatrixRMaj matrix(double[] spectrum, long seed) {
    int n = spectrum.length;
    DMatrixRMaj a = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      a.set(i, i, spectrum[i]);
    }
    RandomStream random = RandomStream.of("test/spectrum", seed);
    for (int reflection = 0; reflection < 3; reflection++) {
      double[] v = new double[n];
      Arrays.setAll(v, i -> random.nextGaussian());
      double norm = Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
      Arrays.setAll(v, i -> v[i] / norm);
      // A − vpᵀ − pvᵀ with p = 2(Av − (vᵀAv)v)
      double[] p = new double[n];
      double inner = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          p[i] += 2 * a.get(i, j) * v[j];
        }
        inner += p[i] * v[i];
      }
      for (int i = 0; i < n; i++) {
        p[i] -= inner * v[i];
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double entry = a.get(i, j) - v[i] * p[j] - p[i] * v[j];
          a.set(i, j, entry);
          a.set(j, i, entry);
        }
      }
    }
    return a;
  }

  private static void assertWithinFloor(double[] actual, double[] spectrum, double epsilon) {
    int n = spectrum.length;
    double[] expected = spectrum.clone();
    Arrays.sort(expected);
    double largest = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
    double floor = Math.max(8, n) * epsilon * largest; // the reflections round, too
    assertThat(actual).hasSize(n).isSorted();
    for (int i = 0; i < n; i++) {
      assertThat(actual[i]).isBetween(expected[i] - floor, expected[i] + floor);
    }
  }

  /** Sizes around the band's width and its multiples, and others. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void bothSolversKeepWhatTheFloorSays(Shape shape) {
    List<Integer> sizes = List.of(1, 2, 3, 5, 16, 31, 32, 33, 34, 63, 64, 65, 97, 128, 200, 331);
    for (int n : sizes) {
      double[] spectrum = IntStream.range(0, n).mapToDouble(i -> shape.value(i, n)).toArray();
      DMatrixRMaj matrix = matrix(spectrum, n);
      for (boolean twoStages : new boolean[] {false, true}) {
        assertWithinFloor(LapackEigenvalues.of(matrix, false, twoStages), spectrum, Math.ulp(1.0));
        assertWithinFloor(LapackEigenvalues.of(matrix, true, twoStages), spectrum, Math.ulp(1f));
      }
    }
  }

  @Test
  void theSolversAgreeOnRandomMatrices() {
    for (int n : new int[] {1, 2, 3, 40, 257, 500}) {
      RandomStream random = RandomStream.of("test/symmetric", n);
      DMatrixRMaj matrix = new DMatrixRMaj(n, n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          matrix.set(i, j, random.nextGaussian());
          matrix.set(j, i, matrix.get(i, j));
        }
      }
      assertWithinFloor(
          LapackEigenvalues.of(matrix, false, true),
          LapackEigenvalues.of(matrix, false, false),
          Math.ulp(1.0));
      assertWithinFloor(
          LapackEigenvalues.of(matrix, true, true),
          SymmetricEigenvalues.ejml(matrix),
          Math.ulp(1f));
    }
  }

  /** The size from which two stages are taken, a little more than a multiple of the band. */
  @Test
  void largeMatricesKeepWhatTheFloorSays() {
    int n = LapackEigenvalues.TWO_STAGES + 5;
    double[] spectrum = IntStream.range(0, n).mapToDouble(i -> Shape.GRADED.value(i, n)).toArray();
    assertWithinFloor(SymmetricEigenvalues.of(matrix(spectrum, 0), BLAS), spectrum, Math.ulp(1.0));
  }

  /** Executors run several tasks in a process. */
  @Test
  void threadsDoNotDisturbEachOther() {
    double[] spectrum =
        IntStream.range(0, 300).mapToDouble(i -> Shape.INDEFINITE.value(i, 300)).toArray();
    DMatrixRMaj matrix = matrix(spectrum, 1);
    double[] alone = LapackEigenvalues.of(matrix, false, true);
    List<CompletableFuture<double[]>> together =
        IntStream.range(0, 24)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> LapackEigenvalues.of(matrix, false, true)))
            .toList();
    for (CompletableFuture<double[]> one : together) {
      assertThat(one.join()).containsExactly(alone);
    }
  }

  /** Rows that share entries are solved together, whatever their order; the rest by itself. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void blocksHaveTheEigenvaluesOfTheWhole(Shape shape) {
    int n = 120;
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    double[] spectrum = new double[n];
    int[] sizes = {1, 40, 3, 1, 75};
    int first = 0;
    for (int size : sizes) {
      double[] own = new double[size];
      for (int i = 0; i < size; i++) {
        own[i] = shape.value(first + i, n);
        spectrum[first + i] = own[i];
      }
      DMatrixRMaj block = matrix(own, size);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          matrix.set((first + i) * 77 % n, (first + j) * 77 % n, block.get(i, j));
        }
      }
      first += size;
    }
    assertWithinFloor(SymmetricEigenvalues.blocks(matrix, BLAS), spectrum, Math.ulp(1.0));
    assertWithinFloor(SymmetricEigenvalues.blocks(matrix, BLAS.inSingle()), spectrum, Math.ulp(1f));
  }
}
