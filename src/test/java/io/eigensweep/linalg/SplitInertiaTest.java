package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What is proved of A + FFᵀ, against exact arithmetic on the same numbers. */
class SplitInertiaTest {
  private static final Blas BLAS = Blas.of(BlasChoice.JAVA);

  /** Numbers are kept as multiples of 2^-UNIT, products of two as multiples of its square. */
  private static final int UNIT = 120;

  private static BigInteger exact(double value) {
    // Dyadic, and no smaller than 2^-UNIT in its last place.
    return new java.math.BigDecimal(value)
        .multiply(new java.math.BigDecimal(BigInteger.TWO.pow(UNIT)))
        .toBigIntegerExact();
  }

  /** A + FFᵀ − σI without rounding, in multiples of 2^-2·UNIT. */
  private static BigInteger[][] exact(SparseSymmetric a, DMatrixRMaj f, double sigma) {
    int n = a.size();
    BigInteger[][] sum = new BigInteger[n][n];
    DMatrixRMaj dense = BandFactorTest.dense(a);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        BigInteger entry = exact(dense.get(i, j));
        entry = i == j ? entry.subtract(exact(sigma)) : entry;
        sum[i][j] = entry.shiftLeft(UNIT);
        for (int k = 0; k < f.numCols; k++) {
          sum[i][j] = sum[i][j].add(exact(f.get(i, k)).multiply(exact(f.get(j, k))));
        }
      }
    }
    return sum;
  }

  /** Sylvester's criterion by Bareiss's elimination, which stays in integers. */
  private static boolean isPositiveDefinite(BigInteger[][] a) {
    int n = a.length;
    BigInteger previous = BigInteger.ONE;
    for (int k = 0; k < n; k++) {
      if (a[k][k].signum() <= 0) {
        return false;
      }
      for (int i = k + 1; i < n; i++) {
        for (int j = k + 1; j < n; j++) {
          a[i][j] = a[i][j].multiply(a[k][k]).subtract(a[i][k].multiply(a[k][j])).divide(previous);
        }
      }
      previous = a[k][k];
    }
    return true;
  }

  private record Case(SparseSymmetric a, DMatrixRMaj f) {
    double smallest() {
      return vectors().values()[0];
    }

    SymmetricEigenvectors vectors() {
      DMatrixRMaj sum = BandFactorTest.dense(a);
      if (f.numCols > 0) {
        BLAS.multiply(1, f, true, f, 1, sum);
      }
      return SymmetricEigenvectors.of(sum, BLAS);
    }

    /** What is proved of A + FFᵀ itself: λ − 2‖F‖·moved − moved², in multiples of 2^-60. */
    double below(SplitInertia.Proof proof) {
      double norm = 0;
      for (double entry : f.data) {
        norm += entry * entry;
      }
      double below = proof.lower() - (2 * Math.sqrt(norm) + proof.moved()) * proof.moved();
      return Math.rint(below * 0x1p60) * 0x1p-60 - 0x1p-60;
    }
  }

  private static double dyadic(RandomStream random, double scale) {
    return Math.rint(random.nextGaussian() * scale * 0x1p40) * 0x1p-40;
  }

  /** A few rows; A indefinite as often as not, of rows that differ in size by orders. */
  private static Case random(long seed) {
    RandomStream random = RandomStream.of("test/split", seed);
    int n = 3 + (int) (4 * random.nextDouble());
    int b = 1 + (int) ((n - 1) * random.nextDouble());
    int r = (int) (4 * random.nextDouble());
    double spread = Math.rint(6 * random.nextDouble());
    double[] sizes = new double[n];
    for (int i = 0; i < n; i++) {
      sizes[i] = Math.scalb(1.0, -(int) (spread * random.nextDouble()));
    }
    SparseSymmetric.Builder builder = new SparseSymmetric.Builder(n);
    for (int i = 0; i < n; i++) {
      builder.add(i, dyadic(random, 1) * sizes[i] * sizes[i] + sizes[i] * sizes[i]);
      for (int j = i + 1; j <= Math.min(n - 1, i + b); j++) {
        builder.add(j, dyadic(random, 0.5) * sizes[i] * sizes[j]);
      }
      builder.endRow();
    }
    DMatrixRMaj f = new DMatrixRMaj(n, r);
    for (int i = 0; i < n * r; i++) {
      f.data[i] = dyadic(random, 1) * sizes[i / r];
    }
    return new Case(builder.build(), f);
  }

  /**
   * Shifts around the smallest eigenvalue, down to the last places: what is proved is true with F
   * moved by what the proof says, and shifts well below are proved.
   */
  @Test
  void noShiftIsProvedThatIsNotBelowTheSmallestEigenvalue() {
    int proved = 0;
    int refused = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      Case one = random(seed);
      double smallest = one.smallest();
      RandomStream random = RandomStream.of("test/shift", seed);
      double away = Math.scalb(1.0, -(int) (52 * random.nextDouble()));
      double sigma = smallest + (seed % 2 == 0 ? away : -away);
      sigma = Math.rint(sigma * 0x1p52) * 0x1p-52;
      BandFactor factor = BandFactor.of(one.a(), sigma, BandFactorTest.memory(one.a()), BLAS);
      SplitInertia.Proof proof = SplitInertia.of(factor, one.f(), BLAS).proof();
      if (proof.lower() == Double.NEGATIVE_INFINITY) {
        refused++;
        assertThat(sigma).as("seed %d", seed).isGreaterThan(smallest - 1e-6);
        continue;
      }
      proved++;
      double below = one.below(proof);
      assertThat(isPositiveDefinite(exact(one.a(), one.f(), below))).as("seed %d", seed).isTrue();
      assertThat(sigma).as("seed %d", seed).isLessThan(smallest + 1e-9);
    }
    assertThat(proved).isGreaterThan(4000);
    assertThat(refused).isGreaterThan(4000);
  }

  /** Entries moved within a claimed error, so that the smallest eigenvalue looks larger. */
  @Test
  void boundsLessTheErrorHoldForTheMatrixBehindIt() {
    for (int seed = 0; seed < 3_000; seed++) {
      Case exact = random(seed);
      double size = Math.scalb(1.0, -10 - seed % 30);
      double[] v = exact.vectors().vectors().data;
      int n = exact.a().size();
      double[] values = exact.a().values().clone();
      double[] rows = new double[n];
      for (int i = 0; i < n; i++) {
        for (int at = exact.a().starts()[i]; at < exact.a().starts()[i + 1]; at++) {
          int j = exact.a().columns()[at];
          double change = Math.rint(size * v[i] * v[j] * 0x1p52) * 0x1p-52;
          values[at] += change;
          rows[i] += Math.abs(values[at] - exact.a().values()[at]);
          rows[j] += i == j ? 0 : Math.abs(values[at] - exact.a().values()[at]);
        }
      }
      double error = java.util.Arrays.stream(rows).max().orElseThrow() * (1 + 1e-12);
      Case seen =
          new Case(new SparseSymmetric(exact.a().starts(), exact.a().columns(), values), exact.f());
      double sigma = Math.rint((seen.smallest() - 1e-9) * 0x1p52) * 0x1p-52;
      BandFactor factor = BandFactor.of(seen.a(), sigma, BandFactorTest.memory(seen.a()), BLAS);
      SplitInertia.Proof proof = SplitInertia.of(factor, seen.f(), BLAS).proof();
      if (proof.lower() == Double.NEGATIVE_INFINITY) {
        continue;
      }
      double below = Math.rint((seen.below(proof) - error) * 0x1p60) * 0x1p-60 - 0x1p-60;
      assertThat(isPositiveDefinite(exact(exact.a(), exact.f(), below))).isTrue();
    }
  }

  /** The Laplacian of a path, whose eigenvalues are 2 − 2·cos(πk/(n + 1)). */
  @Test
  void knownEigenvaluesAreEnclosed() {
    int n = 400;
    SparseSymmetric.Builder builder = new SparseSymmetric.Builder(n);
    for (int i = 0; i < n; i++) {
      builder.add(i, 2);
      if (i + 1 < n) {
        builder.add(i + 1, -1);
      }
      builder.endRow();
    }
    SparseSymmetric path = builder.build();
    // F takes the first r eigenvectors away: λ_(r+1) is the smallest, for any size above.
    for (int r = 0; r < 6; r++) {
      DMatrixRMaj f = new DMatrixRMaj(n, r);
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < r; k++) {
          f.set(i, k, StrictMath.sin(StrictMath.PI * (k + 1) * (i + 1) / (n + 1)));
        }
      }
      double next = StrictMath.pow(2 * StrictMath.sin(StrictMath.PI * (r + 1) / (2 * (n + 1))), 2);
      for (double share : new double[] {0.5, 0.99, 1 - 1e-6, 1 + 1e-6, 1.01, 2, 9}) {
        double sigma = share * next;
        BandFactor factor = BandFactor.of(path, sigma, BandFactorTest.memory(path), BLAS);
        SplitInertia inertia = SplitInertia.of(factor, f, BLAS);
        assertThat(inertia.proof().lower() > Double.NEGATIVE_INFINITY).isEqualTo(share < 1);
        if (share < 1) {
          assertThat(inertia.proof().lower()).isGreaterThan(sigma - 1e-12);
          assertThat(inertia.missing()).isEqualTo(0);
        }
      }
    }
  }
}
