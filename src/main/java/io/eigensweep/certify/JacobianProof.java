package io.eigensweep.certify;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.Cholesky;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.StreamedQr;
import io.eigensweep.npy.NpyFile;
import java.util.Arrays;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of K = J·Jᵀ from J, which is read in blocks of columns and never whole in memory, and of
 * every (J + E)(J + E)ᵀ with ‖E‖_F ≤ e.
 *
 * <p>Below: for any X, with B = JᵀX, σ_min(J) ≥ σ_min(B)/‖X‖₂. X is the inverse of the triangle of
 * a QR factorisation of Jᵀ, so that B is nearly orthonormal: σ_min(B)² ≥ 1 − ‖I − BᵀB‖₂, and ‖X‖₂²
 * ≤ τ + ‖τI − XXᵀ − LLᵀ‖₂ for any τ and L. K is never formed, so λ_min is known to the square of
 * what it would be from K.
 *
 * <p>Above: ‖Jᵀv‖²/‖v‖² of a v from inverse iteration with X.
 *
 * @param bounds what follows
 * @param singularValues of J, ascending, as computed; those that it lacks are 0
 * @param frobenius at least ‖J‖_F
 * @param moved e
 * @param proof {@code inverse} is X, {@code factor} L; {@code vectors} is v; all of 0 × 0 but v
 *     where J has fewer columns than rows or its triangle is singular
 */
@SuppressWarnings("ArrayRecordComponent") // a result that is read once; never compared
record JacobianProof(
    Bounds bounds, double[] singularValues, double frobenius, double moved, Proof proof) {
  private static final int MOST_STEPS = 200;

  /** Steps end when the growth of the vector changes by less than this. */
  private static final double STEADY = 1e-5;

  /** How far τ is above ‖X‖₂² at first, and by what it goes farther where the proof fails. */
  private static final double TIGHTEST = 1e-12;

  private static final double FARTHER = 16;

  /** More than what the last operations on a bound round, relative to it. */
  private static final double LAST = 4e-6;

  /** The proof for the rows and columns of {@code file}. */
  static JacobianProof of(NpyFile file, EntryError entries, Blas blas) {
    int n = (int) file.rows();
    double squares = 0;
    double[] sigma;
    DMatrixRMaj inverse;
    ColumnBlocks blocks = new ColumnBlocks(file);
    try (StreamedQr triangle = new StreamedQr(n, blocks.width(), blas)) {
      for (DMatrixRMaj block : blocks) {
        for (int i = 0; i < block.getNumElements(); i++) {
          squares += block.data[i] * block.data[i];
        }
        int columns = block.numCols;
        triangle.append(
            columns,
            (row, target) -> System.arraycopy(block.data, row * columns, target, 0, columns));
      }
      sigma = triangle.singularValues();
      inverse = file.columns() < n ? null : triangle.inverse();
    }
    double frobenius = Rounding.norm(squares, n * (double) file.columns());
    double moved = entries.ofJacobian(frobenius, n * (double) file.columns(), file.isSingle());
    DMatrixRMaj vector = vector(n, inverse);
    double above = above(blocks, vector, frobenius, blas);
    double norm = norm(vector);
    DMatrixRMaj none = new DMatrixRMaj(0, 0);
    Below below =
        inverse == null ? new Below(0, 0, none) : below(blocks, inverse, sigma[0], frobenius, blas);
    boolean wide = file.columns() >= n;
    Bounds bounds =
        new Bounds(
            square(below.sigma() - Rounding.UP * moved),
            wide ? square((above + Rounding.UP * moved * norm) / norm * (1 + LAST)) : 0,
            square(below.sigma()),
            wide ? square(above / norm * (1 + LAST)) : 0,
            0);
    return new JacobianProof(
        bounds,
        sigma,
        frobenius,
        moved,
        new Proof(
            below.tau(),
            Map.of(
                "inverse",
                inverse == null ? none : inverse,
                "factor",
                below.factor(),
                "vectors",
                vector)));
  }

  /** Bytes of the matrices on the heap at the same time. */
  static double heapBytes(double rows, double columns) {
    return Double.BYTES * rows * (3 * rows + 3 * ColumnBlocks.width(columns));
  }

  /** Bytes outside it. */
  static double nativeBytes(double rows, double columns) {
    return StreamedQr.bytes((long) rows, ColumnBlocks.width(columns));
  }

  /** A lower bound of the smallest singular value, 0 where nothing is proved. */
  private record Below(double sigma, double tau, DMatrixRMaj factor) {}

  private static Below below(
      ColumnBlocks blocks, DMatrixRMaj inverse, double smallest, double frobenius, Blas blas) {
    int n = inverse.numRows;
    double size = Rounding.norm(inverse);
    double wrong =
        Rounding.ofSum(n) * frobenius * size + Rounding.underflow(n, (double) blocks.columns(), n);
    GramDistance orthonormal = new GramDistance(n, blas);
    for (DMatrixRMaj block : blocks) {
      orthonormal.addTransposed(product(block, inverse, blas), Rounding.block(blocks.columns()));
    }
    GramDistance.Distance distance = orthonormal.to((i, j) -> i == j ? 1 : 0);
    double share = 1 - Rounding.UP * (distance.claimed() + 5 * wrong);
    double least = share > 0 ? Math.sqrt(share) - Rounding.UP * wrong : 0;
    DMatrixRMaj none = new DMatrixRMaj(0, 0);
    if (!(least > 0) || !(smallest > 0)) {
      return new Below(0, 0, none);
    }
    GramDistance whole = new GramDistance(n, blas);
    whole.add(inverse);
    DMatrixRMaj negative = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        negative.data[i * n + j] = -whole.gram().data[i * n + j];
        negative.data[j * n + i] = negative.data[i * n + j];
      }
    }
    double square = 1 / smallest / smallest;
    double farther = TIGHTEST;
    double tau = square * (1 + farther);
    DMatrixRMaj factor = Cholesky.lower(negative, tau, blas);
    while (factor == null && Double.isFinite(tau)) {
      farther *= FARTHER;
      tau = square * (1 + farther);
      factor = Cholesky.lower(negative, tau, blas);
    }
    if (factor == null) {
      return new Below(0, 0, none);
    }
    whole.add(factor);
    double bound = tau;
    double largest = tau + whole.to((i, j) -> i == j ? bound : 0).claimed();
    return new Below(least / Math.sqrt(largest) * (1 - LAST), tau, factor);
  }

  /** B's rows that belong to the columns of J in {@code block}: those of its transpose times X. */
  private static DMatrixRMaj product(DMatrixRMaj block, DMatrixRMaj inverse, Blas blas) {
    int n = inverse.numRows;
    DMatrixRMaj result = new DMatrixRMaj(block.numCols, n);
    int step = Rounding.block(n);
    for (int first = 0; first < n; first += step) {
      // X is upper triangular: the rows from here on have their first entry here or later.
      blas.dgemm(
          true,
          false,
          block.numCols,
          n - first,
          Math.min(step, n - first),
          1,
          block.data,
          first * block.numCols,
          block.numCols,
          inverse.data,
          first * n + first,
          n,
          1,
          result.data,
          first,
          n);
    }
    return result;
  }

  /** At least ‖Jᵀv‖, by whatever order a reader adds in. */
  private static double above(
      ColumnBlocks blocks, DMatrixRMaj vector, double frobenius, Blas blas) {
    int n = vector.numCols;
    double squares = 0;
    int step = Rounding.block(n);
    for (DMatrixRMaj block : blocks) {
      DMatrixRMaj image = new DMatrixRMaj(1, block.numCols);
      for (int first = 0; first < n; first += step) {
        blas.dgemm(
            false,
            false,
            1,
            block.numCols,
            Math.min(step, n - first),
            1,
            vector.data,
            first,
            n,
            block.data,
            first * block.numCols,
            block.numCols,
            1,
            image.data,
            0,
            block.numCols);
      }
      for (double entry : image.data) {
        squares += entry * entry;
      }
    }
    double wrong =
        Rounding.ofSum(n) * frobenius * norm(vector)
            + Rounding.underflow(1, (double) blocks.columns(), n);
    return Rounding.norm(squares, (double) blocks.columns()) + 3 * Rounding.UP * wrong;
  }

  /** One row: near the left singular vector of the smallest singular value. */
  private static DMatrixRMaj vector(int n, @Nullable DMatrixRMaj inverse) {
    RandomStream random = RandomStream.of("certify/vector", n);
    double[] vector = new double[n];
    Arrays.setAll(vector, i -> random.nextGaussian());
    double growth = 0;
    double change = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS && change > STEADY && inverse != null; step++) {
      KernelProof.normalise(vector);
      double[] middle = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = i; j < n; j++) {
          middle[j] += inverse.data[i * n + j] * vector[i];
        }
      }
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = i; j < n; j++) {
          sum += inverse.data[i * n + j] * middle[j];
        }
        vector[i] = sum;
        squares += sum * sum;
      }
      change = Math.abs(1 - growth / Math.sqrt(squares));
      growth = Math.sqrt(squares);
    }
    KernelProof.normalise(vector);
    if (!Arrays.stream(vector).allMatch(Double::isFinite)) {
      Arrays.fill(vector, 1 / Math.sqrt(n));
    }
    return DMatrixRMaj.wrap(1, n, vector);
  }

  private static double norm(DMatrixRMaj vector) {
    double square = 0;
    for (double entry : vector.data) {
      square += entry * entry;
    }
    return Math.sqrt(square);
  }

  private static double square(double x) {
    return x > 0 ? x * x : 0;
  }
}
