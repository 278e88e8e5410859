package io.eigensweep.linalg;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/** A vector near the eigenvector of the smallest eigenvalue of a positive semidefinite matrix. */
public final class NullVector {
  private static final int STEPS = 3;

  private NullVector() {}

  /**
   * Three steps of inverse iteration on K + shift·I with its Cholesky factor, of norm 1; null where
   * that matrix is not positive definite in float64.
   *
   * @param shift larger than the rounding error of K's eigenvalues
   */
  public static double @Nullable [] of(DMatrixRMaj matrix, double shift, Blas blas) {
    int n = matrix.numRows;
    double[] vector = new double[n];
    RandomStream random = RandomStream.of("linalg/null-vector", n);
    Arrays.setAll(vector, i -> random.nextGaussian());
    return blas.isNative()
        ? lapack(matrix, shift, vector)
        : ejml(matrix, shift, DMatrixRMaj.wrap(n, 1, vector));
  }

  private static double @Nullable [] lapack(DMatrixRMaj matrix, double shift, double[] vector) {
    int n = matrix.numRows;
    try (DoublePointer a = new DoublePointer((long) n * n);
        DoublePointer b = new DoublePointer(n)) {
      if (!Cholesky.factor(matrix, shift, a)) {
        return null;
      }
      for (int step = 0; step < STEPS; step++) {
        b.put(vector, 0, n);
        openblas.LAPACKE_dpotrs(openblas.LAPACK_COL_MAJOR, (byte) 'U', n, 1, a, n, b, n);
        b.get(vector);
        normalise(vector);
      }
    }
    return vector;
  }

  private static double @Nullable [] ejml(DMatrixRMaj matrix, double shift, DMatrixRMaj vector) {
    DMatrixRMaj shifted = matrix.copy();
    for (int i = 0; i < matrix.numRows; i++) {
      shifted.add(i, i, shift);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(matrix.numRows);
    if (!solver.setA(shifted)) {
      return null;
    }
    for (int step = 0; step < STEPS; step++) {
      solver.solve(vector.copy(), vector);
      normalise(vector.data);
    }
    return vector.data;
  }

  private static void normalise(double[] vector) {
    double square = 0;
    for (double x : vector) {
      square += x * x;
    }
    double factor = 1 / Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }
}
