package io.eigensweep.linalg;

import org.ejml.data.DMatrixRMaj;

/** Eigenvalues as they were computed before large matrices had two stages and blocks. */
public final class OneStage {
  private OneStage() {}

  /** By {@code dsyevd}, whatever the matrix. */
  public static double[] of(DMatrixRMaj matrix) {
    return LapackEigenvalues.of(matrix, /* single= */ false, /* twoStages= */ false);
  }
}
