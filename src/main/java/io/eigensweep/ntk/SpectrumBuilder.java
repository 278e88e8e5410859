package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.SymmetricEigenvalues;
import org.ejml.data.DMatrixRMaj;

/**
 * Eigenvalues of a kernel term and what rounding leaves of them (the Gram route).
 *
 * <p>Floor = (q + N)·ε·trace(K), with ε = 2^-52 and q the length of the longest inner product. Both
 * factors of an entry are inner products of length at most q, each wrong by at most q·(ε/2)
 * relative to the product of the norms (Higham 2002, §3.1), so |ΔK_ij| ≤ q·ε·√(K_ii·K_jj) to first
 * order, and a matrix with such entries has a norm of at most q·ε·trace(K). The symmetric solver
 * adds N·ε·‖K‖₂ at most, with ‖K‖₂ ≤ trace(K). By Weyl's inequality no computed eigenvalue is
 * further than the floor from that of the exact kernel of the stored factors.
 */
public final class SpectrumBuilder {
  private static final double EPSILON = Math.ulp(1.0);

  private SpectrumBuilder() {}

  /** The spectrum of {@code matrix}, the term {@code term} of a kernel at {@code epoch}. */
  public static Spectrum gram(int epoch, String term, DMatrixRMaj matrix, int products, Blas blas) {
    double[] eigenvalues = SymmetricEigenvalues.of(matrix, blas);
    double floor = floor(matrix, products);
    return of(epoch, term, eigenvalues, floor);
  }

  static double floor(DMatrixRMaj matrix, int products) {
    double trace = 0;
    for (int i = 0; i < matrix.numRows; i++) {
      trace += matrix.get(i, i);
    }
    return ((double) products + matrix.numRows) * EPSILON * trace;
  }

  static Spectrum of(int epoch, String term, double[] eigenvalues, double floor) {
    int negatives = 0;
    int rank = 0;
    for (double eigenvalue : eigenvalues) {
      negatives += eigenvalue < 0 ? 1 : 0;
      rank += eigenvalue > floor ? 1 : 0;
    }
    double smallest = eigenvalues[0];
    double lower = Math.max(0, smallest - floor);
    double upper = smallest + floor;
    boolean resolved = lower > 0 && upper <= 2 * lower;
    return new Spectrum(
        epoch,
        term,
        "gram",
        floor,
        negatives,
        rank,
        resolved ? smallest : null,
        lower,
        upper,
        "floor",
        resolved,
        eigenvalues[eigenvalues.length - 1],
        KernelFacts.NONE,
        eigenvalues);
  }
}
