package io.eigensweep.certify;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.Cholesky;
import io.eigensweep.linalg.FreeMemory;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.linalg.SymmetricEigenvectors;
import java.util.Arrays;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;

/**
 * Bounds of a symmetric matrix S, and of every symmetric matrix S + E with ‖E‖₂ ≤ e.
 *
 * <p>Below: for any σ and any L, S − σI = L·Lᵀ + R gives λ_min(S) ≥ σ − ‖R‖₂. L is a Cholesky
 * factor as it comes (Rump 2006 bounds R from how it was made; here R is computed, so that it does
 * not matter who made L and how), σ as large as the factorisation allows.
 *
 * <p>Above: vᵀSv/‖v‖² of a v from inverse iteration with L; and where S has negative eigenvalues,
 * their eigenvectors ({@link QuadraticForm}).
 *
 * @param bounds what follows
 * @param proof {@code factor} is L, the rows of {@code vectors} v, or those that prove the
 *     negatives
 */
record KernelProof(Bounds bounds, Proof proof) {
  private static final int STEPS = 3;

  /** Each time the factorisation fails σ is farther below by this factor. */
  private static final double FARTHER = 4;

  /**
   * The proof for {@code matrix}.
   *
   * @param eigenvalues of it as computed, ascending
   * @param floor how far these may be off
   * @param moved e
   */
  static KernelProof of(
      DMatrixRMaj matrix,
      Norms norms,
      double[] eigenvalues,
      double floor,
      double moved,
      Blas blas) {
    int n = matrix.numRows;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += matrix.data[i * n + i];
    }
    double away =
        Rounding.ofSum(n) * (Math.abs(trace - n * eigenvalues[0]) + norms.absolute())
            + Double.MIN_NORMAL;
    double shift = eigenvalues[0] - away;
    DMatrixRMaj factor = Cholesky.lower(matrix, -shift, blas);
    while (factor == null) {
      away *= FARTHER;
      shift = eigenvalues[0] - away;
      factor = Cholesky.lower(matrix, -shift, blas);
    }
    double below = distance(matrix, shift, factor, blas);
    DMatrixRMaj vectors = vector(matrix, factor);
    QuadraticForm form = QuadraticForm.of(matrix, norms, vectors, 1, blas);
    int count = eigenvalues[0] < 0 ? below(eigenvalues, -floor - moved) : 0;
    int negatives = form.negatives(moved);
    if (count > 1 && FreeMemory.heap(0) > 4L * Double.BYTES * n * n) {
      DMatrixRMaj all = SymmetricEigenvectors.of(matrix, blas).vectors();
      int proved = QuadraticForm.of(matrix, norms, all, count, blas).negatives(moved);
      if (proved > negatives) {
        vectors = all;
        vectors.reshape(proved, n);
        negatives = proved;
        form = QuadraticForm.of(matrix, norms, vectors, 1, blas);
      }
    }
    double rounded = 8 * Rounding.UNIT * Math.abs(shift);
    return new KernelProof(
        new Bounds(
            shift - Rounding.UP * (below + moved) - rounded,
            form.smallest(moved),
            shift - Rounding.UP * below - rounded,
            form.smallest(0),
            negatives),
        new Proof(shift, Map.of("factor", factor, "vectors", vectors)));
  }

  private static int below(double[] eigenvalues, double limit) {
    int count = 0;
    while (count < eigenvalues.length && eigenvalues[count] < limit) {
      count++;
    }
    return count;
  }

  private static double distance(DMatrixRMaj matrix, double shift, DMatrixRMaj factor, Blas blas) {
    int n = matrix.numRows;
    GramDistance distance = new GramDistance(n, blas);
    distance.add(factor);
    return distance
        .to((i, j) -> i == j ? matrix.data[i * n + j] - shift : matrix.data[i * n + j])
        .claimed();
  }

  /** One row: near the eigenvector of the smallest eigenvalue, from S − σI = L·Lᵀ. */
  private static DMatrixRMaj vector(DMatrixRMaj matrix, DMatrixRMaj factor) {
    int n = matrix.numRows;
    RandomStream random = RandomStream.of("certify/vector", n);
    DMatrixRMaj vector = new DMatrixRMaj(1, n);
    Arrays.setAll(vector.data, i -> random.nextGaussian());
    for (int step = 0; step < STEPS; step++) {
      TriangularSolver_DDRM.solveL(factor.data, vector.data, n);
      TriangularSolver_DDRM.solveTranL(factor.data, vector.data, n);
      normalise(vector.data);
    }
    if (Arrays.stream(vector.data).allMatch(Double::isFinite)) {
      return vector;
    }
    int smallest = 0;
    for (int i = 1; i < n; i++) {
      smallest = matrix.get(i, i) < matrix.get(smallest, smallest) ? i : smallest;
    }
    DMatrixRMaj unit = new DMatrixRMaj(1, n);
    unit.data[smallest] = 1;
    return unit;
  }

  /** Gives {@code vector} norm 1; one of zeros becomes NaN. */
  static void normalise(double[] vector) {
    double largest = Arrays.stream(vector).map(Math::abs).max().orElse(0);
    double square = 0;
    for (double entry : vector) {
      square += entry / largest * (entry / largest);
    }
    double scale = largest * Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= scale;
    }
  }
}
