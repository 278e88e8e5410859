package io.eigensweep.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.npy.Npy;
import io.eigensweep.npy.NpyFile;
import java.nio.file.Path;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Small matrices with all that makes a proof go wrong, judged in integers: no bound may be on the
 * wrong side of the smallest eigenvalue of any matrix within the entries' error.
 */
class NoFalseCertificateTest {
  private static final int CASES = 12_000;
  private static final int JACOBIANS = 1_000;
  private static final int MOST_ROWS = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = BlasChoice.class,
      names = {"NATIVE", "JAVA"})
  void kernelsAreWithinTheirBounds(BlasChoice choice) {
    Blas blas = Blas.of(choice);
    int definite = 0;
    int indefinite = 0;
    int open = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      boolean single = random.nextInt(4) == 0;
      EntryError entries = entries(random);
      DMatrixRMaj matrix = symmetric(random, single);
      Norms norms = Norms.of(matrix);
      double moved = entries.ofKernel(norms, single);
      double[] eigenvalues = SymmetricEigenvalues.of(matrix, blas);
      double floor = matrix.numRows * Math.ulp(1.0) * norms.absolute();
      KernelProof proof = KernelProof.of(matrix, norms, eigenvalues, floor, moved, blas);
      Bounds bounds = proof.bounds();
      String what = "seed " + seed + ", " + entries + ", " + bounds;

      assertThat(bounds.lower()).as(what).isLessThanOrEqualTo(bounds.upper());
      assertHolds(Exact.of(matrix), bounds, what);
      assertThat(Exact.of(matrix).isAbove(bounds.storedUpper())).as(what).isFalse();
      for (int direction = -1; direction <= 1; direction++) {
        double[] signs = signs(random, direction, proof);
        DMatrixRMaj near = perturbed(matrix, entries, single, signs, direction);
        assertHolds(Exact.of(near), bounds, what + " moved " + direction);
      }
      switch (Verdict.of(bounds)) {
        case POSITIVE_DEFINITE -> definite++;
        case INDEFINITE -> indefinite++;
        case NOT_RESOLVED -> open++;
      }
    }
    assertThat(definite).isGreaterThan(CASES / 5);
    assertThat(indefinite).isGreaterThan(CASES / 5);
    assertThat(open).isGreaterThan(CASES / 5);
  }

  private static void assertHolds(Exact exact, Bounds bounds, String what) {
    assertThat(exact.isAbove(bounds.lower())).as(what).isTrue();
    assertThat(exact.isAbove(bounds.upper())).as(what).isFalse();
    if (bounds.negatives() > 0) {
      // Just below 0 no leading minor is 0, and an eigenvalue that is 0 does not count.
      assertThat(exact.below(-0x1p-200)).as(what).isGreaterThanOrEqualTo(bounds.negatives());
    }
  }

  @Test
  void kernelsOfKnownSpectraAreResolvedWhereFloat64CanTell() {
    Blas blas = Blas.of(BlasChoice.AUTO);
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(MOST_ROWS - 1);
      int[] spectrum = new int[n];
      for (int i = 0; i < n; i++) {
        spectrum[i] = 1 + random.nextInt(1000);
      }
      int smallest = 1 + random.nextInt(3);
      spectrum[0] = seed % 2 == 0 ? smallest : -smallest;
      DMatrixRMaj matrix = reflected(random, spectrum);
      double factor = scale(matrix, spectrum);
      Norms norms = Norms.of(matrix);
      Bounds bounds =
          KernelProof.of(
                  matrix,
                  norms,
                  SymmetricEigenvalues.of(matrix, blas),
                  n * Math.ulp(1.0) * norms.absolute(),
                  0,
                  blas)
              .bounds();
      double exact = spectrum[0] * factor;
      for (int value : spectrum) {
        exact = Math.min(exact, value * factor);
      }
      assertThat(bounds.lower()).isLessThanOrEqualTo(exact);
      assertThat(bounds.upper()).isGreaterThanOrEqualTo(exact);
      assertThat(bounds.upper() - bounds.lower()).isLessThan(1e-6 * Math.abs(exact));
      assertThat(bounds.negatives()).isEqualTo(seed % 2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BlasChoice.class,
      names = {"NATIVE", "JAVA"})
  void jacobiansAreWithinTheirBounds(BlasChoice choice) {
    Blas blas = Blas.of(choice);
    int definite = 0;
    for (int seed = 0; seed < JACOBIANS; seed++) {
      Random random = new Random(seed);
      boolean single = random.nextInt(4) == 0;
      EntryError entries = entries(random);
      DMatrixRMaj jacobian = jacobian(random, single);
      Path path =
          Npy.write(
              folder.resolve("j.npy"),
              jacobian,
              new Npy.Layout(1, single, random.nextBoolean(), random.nextBoolean()));
      Certification found;
      try (NpyFile file = NpyFile.open(path)) {
        found = Certifier.of(file, true, entries, blas);
      }
      for (int direction = -1; direction <= 1; direction++) {
        DMatrixRMaj near = jacobian.copy();
        for (int i = 0; i < near.getNumElements() && direction != 0; i++) {
          int row = i / near.numCols;
          double norm = 0;
          for (int j = 0; j < near.numCols; j++) {
            norm += Math.pow(near.get(row, j), 2);
          }
          double allowed =
              entries.kind() == EntryError.Kind.RELATIVE
                  ? entries.size() * Math.sqrt(norm / near.numCols)
                  : entries.of(jacobian.data[i], 0, 0, single);
          near.data[i] += 0.9 * (random.nextBoolean() ? allowed : -allowed);
        }
        Exact exact = Exact.gram(near);
        String what = "seed " + seed + ", " + found;
        assertThat(exact.isAbove(-0x1p-300)).as(what).isTrue();
        if (found.lambdaMinLower() > 0) {
          assertThat(exact.isAbove(found.lambdaMinLower())).as(what).isTrue();
        }
        assertThat(exact.isAbove(found.lambdaMinUpper())).as(what).isFalse();
      }
      definite += found.verdict() == Verdict.POSITIVE_DEFINITE ? 1 : 0;
    }
    assertThat(definite).isBetween(JACOBIANS / 5, JACOBIANS * 4 / 5);
  }

  private static EntryError entries(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EntryError.ROUNDING;
      case 1 -> EntryError.parse("none");
      case 2 -> new EntryError(EntryError.Kind.RELATIVE, Math.scalb(1.0, -random.nextInt(50)));
      default -> new EntryError(EntryError.Kind.ABSOLUTE, Math.scalb(1.0, -random.nextInt(50)));
    };
  }

  /** Random, of low rank, of a known spectrum, or nearly singular; of any scale. */
  private static DMatrixRMaj symmetric(Random random, boolean single) {
    int n = 1 + random.nextInt(MOST_ROWS);
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i < n * n; i++) {
          matrix.data[i] = random.nextGaussian();
        }
      }
      case 1 -> matrix = gram(random, n, Math.max(1, n - random.nextInt(2)));
      case 2 -> {
        int[] spectrum = new int[n];
        for (int i = 0; i < n; i++) {
          spectrum[i] = random.nextInt(8) - (random.nextBoolean() ? 0 : 3);
        }
        matrix = reflected(random, spectrum);
      }
      default -> {
        matrix = gram(random, n, Math.max(1, n - 1));
        double shift = Math.scalb(random.nextInt(5) - 1.5, -10 - random.nextInt(34));
        for (int i = 0; i < n; i++) {
          matrix.add(i, i, shift);
        }
      }
    }
    double scale = random.nextInt(3) == 0 ? Math.scalb(1.0, random.nextInt(80) - 40) : 1;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double entry = scale * matrix.get(i, j);
        entry = single ? (float) entry : entry;
        matrix.set(i, j, entry);
        matrix.set(j, i, entry);
      }
    }
    return matrix;
  }

  private static DMatrixRMaj gram(Random random, int n, int rank) {
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    for (int k = 0; k < rank; k++) {
      int[] factor = random.ints(n, -9, 10).toArray();
      for (int i = 0; i < n * n; i++) {
        matrix.data[i] += factor[i / n] * factor[i % n];
      }
    }
    return matrix;
  }

  /** (vᵀv)²·H·D·H for the reflection H = I − 2vvᵀ/vᵀv of a v of integers: no entry is rounded. */
  private static DMatrixRMaj reflected(Random random, int[] spectrum) {
    int n = spectrum.length;
    int[] v = random.ints(n, 1, 10).toArray();
    long square = 0;
    for (int x : v) {
      square += (long) x * x;
    }
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        long entry = 0;
        for (int k = 0; k < n; k++) {
          long a = (i == k ? square : 0) - 2L * v[i] * v[k];
          long b = (j == k ? square : 0) - 2L * v[j] * v[k];
          entry += a * spectrum[k] * b;
        }
        matrix.set(i, j, (double) entry);
      }
    }
    return matrix;
  }

  /** (vᵀv)² of a {@link #reflected} matrix, from its trace. */
  private static double scale(DMatrixRMaj matrix, int[] spectrum) {
    double trace = 0;
    double sum = 0;
    for (int i = 0; i < spectrum.length; i++) {
      trace += matrix.get(i, i);
      sum += spectrum[i];
    }
    return trace / sum;
  }

  /** Signs that move the smallest eigenvalue farthest, or any. */
  private static double[] signs(Random random, int direction, KernelProof proof) {
    DMatrixRMaj vectors = proof.proof().arrays().get("vectors");
    int n = vectors == null ? 0 : vectors.numCols;
    double[] signs = new double[n];
    for (int i = 0; i < n; i++) {
      boolean positive =
          (direction == 0 || vectors == null) ? random.nextBoolean() : vectors.data[i] >= 0;
      signs[i] = positive ? 1 : -1;
    }
    return signs;
  }

  /** The matrix moved by nearly all that its entries' error allows, along a sign pattern. */
  private static DMatrixRMaj perturbed(
      DMatrixRMaj matrix, EntryError entries, boolean single, double[] signs, int direction) {
    int n = matrix.numRows;
    DMatrixRMaj near = matrix.copy();
    double share = direction == 0 ? 0.7 : direction;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double allowed = entries.of(matrix.get(i, j), matrix.get(i, i), matrix.get(j, j), single);
        double by = allowed * (1 - 1e-12) - Math.ulp(matrix.get(i, j));
        if (by > 0) {
          near.add(i, j, share * by * signs[i] * signs[j]);
        }
      }
    }
    return near;
  }

  private static DMatrixRMaj jacobian(Random random, boolean single) {
    int n = 1 + random.nextInt(4);
    int p = Math.max(1, n + random.nextInt(6) - 1);
    DMatrixRMaj jacobian = new DMatrixRMaj(n, p);
    boolean integers = random.nextBoolean();
    for (int i = 0; i < n * p; i++) {
      double entry = integers ? random.nextInt(7) - 3 : random.nextGaussian();
      jacobian.data[i] = single ? (float) entry : entry;
    }
    if (n > 1 && random.nextBoolean()) {
      // Two rows that nearly, or wholly, agree.
      double apart = random.nextInt(3) == 0 ? 0 : Math.scalb(1.0, -random.nextInt(60));
      for (int j = 0; j < p; j++) {
        double entry = jacobian.get(0, j) + apart * random.nextGaussian();
        jacobian.set(1, j, single ? (float) entry : entry);
      }
    }
    return jacobian;
  }
}
