package io.eigensweep.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.npy.Npy;
import io.eigensweep.npy.NpyFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertifierTest {
  private static final Blas BLAS = Blas.of(BlasChoice.AUTO);

  @TempDir Path folder;

  @Test
  void aDiagonalIsKnownToItsDigits() {
    DMatrixRMaj matrix = new DMatrixRMaj(40, 40);
    for (int i = 0; i < 40; i++) {
      matrix.set(i, i, 1 + i);
    }
    Certification found = of(matrix, Npy.Layout.PLAIN, EntryError.ROUNDING);

    assertThat(found.verdict()).isEqualTo(Verdict.POSITIVE_DEFINITE);
    assertThat(found.lambdaMinLower()).isBetween(1 - 1e-10, 1.0);
    assertThat(found.lambdaMinUpper()).isBetween(1.0, 1 + 1e-8);
    assertThat(found.lambdaMax()).isEqualTo(40);
    assertThat(found.rank()).isEqualTo(40);
    assertThat(found.negatives()).isZero();
  }

  /** Two equal points: the bounds enclose 0, and no eigenvalue counts as negative. */
  @Test
  void equalRowsAreSingularAndNotNegative() {
    Certification found =
        of(
            new DMatrixRMaj(new double[][] {{2, 2, 1}, {2, 2, 1}, {1, 1, 3}}),
            Npy.Layout.PLAIN,
            EntryError.parse("none"));

    assertThat(found.verdict()).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(found.lambdaMinLower()).isBetween(-1e-13, -0.0);
    assertThat(found.lambdaMinUpper()).isBetween(0.0, 1e-13);
    assertThat(found.rank()).isEqualTo(2);
    assertThat(found.negatives()).isZero();
    assertThat(found.reason())
        .startsWith("singular as far as float64 can tell: the stored numbers");
  }

  @Test
  void zerosAndSingleNumbersHaveBounds() {
    assertThat(of(new DMatrixRMaj(3, 3), Npy.Layout.PLAIN, EntryError.ROUNDING).verdict())
        .isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(of(new DMatrixRMaj(new double[][] {{2}}), Npy.Layout.SINGLE, EntryError.ROUNDING))
        .extracting(Certification::verdict)
        .isEqualTo(Verdict.POSITIVE_DEFINITE);
    Certification negative =
        of(new DMatrixRMaj(new double[][] {{-2}}), Npy.Layout.SINGLE, EntryError.ROUNDING);
    assertThat(negative.verdict()).isEqualTo(Verdict.INDEFINITE);
    assertThat(negative.negatives()).isEqualTo(1);
  }

  @Test
  void everyNegativeEigenvalueIsProved() {
    int n = 60;
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      matrix.set(i, i, 0.5 * (i % 3 - 1));
      if (i > 0) {
        matrix.set(i, i - 1, 0.125);
        matrix.set(i - 1, i, 0.125);
      }
    }
    // Sturm's sequence of a tridiagonal matrix: q_i = a_i − b²/q_(i−1), as many negative as
    // eigenvalues.
    int expected = 0;
    double q = 1;
    for (int i = 0; i < n; i++) {
      q = matrix.get(i, i) - (i > 0 ? 0.125 * 0.125 / q : 0);
      expected += q < 0 ? 1 : 0;
    }
    Certification found = of(matrix, Npy.Layout.PLAIN, EntryError.ROUNDING);

    assertThat(found.verdict()).isEqualTo(Verdict.INDEFINITE);
    assertThat(found.negatives()).isEqualTo(expected).isGreaterThan(15);
    assertThat(found.reason()).contains("it is no J·Jᵀ");
    assertThat(of(matrix, Npy.Layout.PLAIN, EntryError.parse("absolute:1")).verdict())
        .isEqualTo(Verdict.NOT_RESOLVED);
  }

  /** What Weyl's inequality says, whichever way the error is told. */
  @ParameterizedTest
  @CsvSource({"none,0", "absolute:1e-5,4e-5", "relative:1e-5,4.6e-4", "rounding,0"})
  void theEntriesErrorMovesBothBounds(String error, double moved) {
    DMatrixRMaj matrix = new DMatrixRMaj(4, 4);
    for (int i = 0; i < 4; i++) {
      matrix.set(i, i, 10 + i);
    }
    Certification found = of(matrix, Npy.Layout.PLAIN, EntryError.parse(error));

    assertThat(found.lambdaMinLower()).isBetween(10 - moved * 1.00001 - 1e-7, 10 - moved);
    assertThat(found.lambdaMinUpper()).isBetween(10 + moved, 10 + moved * 1.00001 + 1e-7);
  }

  @Test
  void aJacobianIsKnownToTheSquareOfItsKernel() {
    DMatrixRMaj jacobian = new DMatrixRMaj(new double[][] {{1, 0, 1}, {1, 0x1p-30, 1}});
    DMatrixRMaj kernel = new DMatrixRMaj(new double[][] {{2, 2}, {2, 2}}); // 2 + 2^-60 is rounded

    Certification fromJ = of(jacobian, Npy.Layout.PLAIN, EntryError.ROUNDING);
    Certification fromK = of(kernel, Npy.Layout.PLAIN, EntryError.ROUNDING);

    double exact = 0x1p-61;
    assertThat(fromJ.kind()).isEqualTo("jacobian");
    assertThat(fromJ.verdict()).isEqualTo(Verdict.POSITIVE_DEFINITE);
    assertThat(fromJ.lambdaMinLower()).isBetween(0.999 * exact, exact);
    assertThat(fromJ.lambdaMinUpper()).isBetween(exact, 1.001 * exact);
    assertThat(fromK.verdict()).isEqualTo(Verdict.NOT_RESOLVED);
  }

  @Test
  void aJacobianWithTooFewColumnsIsSingular() {
    Certification found =
        of(new DMatrixRMaj(new double[][] {{1}, {2}, {0}}), Npy.Layout.PLAIN, EntryError.ROUNDING);

    assertThat(found.verdict()).isEqualTo(Verdict.NOT_RESOLVED);
    assertThat(found.lambdaMinUpper()).isZero();
    assertThat(found.rank()).isEqualTo(1);
    assertThat(found.lambdaMax()).isBetween(5 - 1e-14, 5 + 1e-14);
    assertThat(found.reason()).contains("J has more rows (3) than columns (1)", "transposed?");
  }

  @Test
  void saysWhereAKernelIsNotSymmetric() {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{1, 0.5, 0}, {0.5, 1, 0}, {0, 0.25, 1}});

    assertRefused(
        matrix,
        EntryError.ROUNDING,
        "is not symmetric: entries (2, 1) and (1, 2) differ by 2.50e-01, more than --entry-error"
            + " rounding allows: give --jacobian if it is a square Jacobian");
  }

  /** Products on a GPU are not symmetric to the last bit; that says how well they are known. */
  @Test
  void anAsymmetryOfRoundingIsWithinAnErrorThatIsNamed() {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{4, 1}, {1 + 0x1p-21, 4}});

    assertRefused(
        matrix,
        EntryError.ROUNDING,
        "its entries are known no better than --entry-error relative:6.3e-08; give --jacobian");
    assertThat(of(matrix, Npy.Layout.SINGLE, EntryError.parse("relative:6.3e-08")).verdict())
        .isEqualTo(Verdict.POSITIVE_DEFINITE);
    assertRefused(matrix, EntryError.parse("none"), "more than --entry-error none allows");
  }

  @Test
  void refusesWhatItCanNotCompute() {
    DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{1e200, 0}, {0, 1}});
    assertRefused(matrix, EntryError.ROUNDING, "has norm 1.0e+200, at most 1e+140 is possible");
    assertRefused(
        new DMatrixRMaj(new double[][] {{1e100, 0, 1}, {0, 1, 1}}),
        EntryError.ROUNDING,
        "has norm 1.0e+100, at most 1e+70 is possible: scale it");
  }

  /** The files are sparse: nothing of them is read. */
  @ParameterizedTest
  @CsvSource({
    "46341, 46341, 'has 46,341 rows, and so has its kernel: at most 46,340 are possible'",
    "40000, 40000, 'a kernel of 40,000 rows needs 36,622 MiB of heap (--spark spark.driver.memory)'",
    "40000, 50, 'a kernel of 40,000 rows needs'",
  })
  void refusesWhatDoesNotFitBeforeItReads(long rows, long columns, String reason)
      throws IOException {
    Path path = folder.resolve("large.npy");
    byte[] header =
        Npy.header(
            1,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(header);
      file.setLength(header.length + rows * columns * Float.BYTES);
    }
    try (NpyFile file = NpyFile.open(path)) {
      assertThatThrownBy(() -> Certifier.of(file, false, EntryError.ROUNDING, BLAS))
          .isInstanceOf(UnfitMatrixException.class)
          .hasMessageStartingWith(path.toString())
          .hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e-6", "relative", "relative:-1", "absolute:NaN", "none:1", "relative:x"})
  void refusesAnEntryErrorWithoutItsMeaning(String text) {
    assertThatThrownBy(() -> EntryError.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be rounding, none, relative:X or absolute:X with X ≥ 0, got " + text);
  }

  @Test
  void theLargestNumberOfDigitsIsNeverRoundedTowardsABetterBound() {
    assertThat(Digits.atMost(9.99986e-9, 3)).isEqualTo("9.99e-09");
    assertThat(Digits.atLeast(9.991e-9, 3)).isEqualTo("1.00e-08");
    assertThat(Digits.atMost(-9.991e-9, 3)).isEqualTo("-1.00e-08");
    assertThat(Digits.atLeast(0, 3)).isEqualTo("0");
    assertThat(Digits.atMost(2, 2)).isEqualTo("2.0e+00");
  }

  private void assertRefused(DMatrixRMaj matrix, EntryError entries, String reason) {
    assertThatThrownBy(() -> of(matrix, Npy.Layout.PLAIN, entries))
        .isInstanceOf(UnfitMatrixException.class)
        .hasMessageContaining(reason);
  }

  private Certification of(DMatrixRMaj matrix, Npy.Layout layout, EntryError entries) {
    try (NpyFile file = NpyFile.open(Npy.write(folder.resolve("k.npy"), matrix, layout))) {
      return Certifier.of(file, false, entries, BLAS);
    }
  }
}
