package io.eigensweep.certify;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.FreeMemory;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.npy.NpyFile;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** Proves what can be proved of the kernel in a file. */
public final class Certifier {
  /** The most rows that an array of K has room for. */
  private static final long MOST_ROWS = 46_340;

  /** Beyond it squares of entries of K, or of K = J·Jᵀ, may be larger than any number. */
  private static final double LARGEST = 1e140;

  private Certifier() {}

  /**
   * The bounds of the kernel in {@code file}.
   *
   * @param jacobian whether the array is J, N × P with K = J·Jᵀ; one that is not square is always
   * @throws UnfitMatrixException when it is no kernel, or its proof needs more memory than there is
   * @throws io.eigensweep.npy.UnreadableArrayException when its numbers can't be read
   */
  public static Certification of(NpyFile file, boolean jacobian, EntryError entries, Blas blas) {
    boolean factored = jacobian || file.rows() != file.columns();
    requireRoom(file, factored, blas);
    return factored ? jacobian(file, entries, blas) : kernel(file, entries, blas);
  }

  private static void requireRoom(NpyFile file, boolean factored, Blas blas) {
    double rows = (double) file.rows();
    double columns = (double) file.columns();
    if (rows > MOST_ROWS) {
      throw new UnfitMatrixException(
          String.format(
              Locale.ROOT,
              "%s has %,d rows, and so has its kernel: at most %,d are possible",
              file.path(),
              file.rows(),
              MOST_ROWS));
    }
    double square = Double.BYTES * rows * rows;
    double heap = factored ? JacobianProof.heapBytes(rows, columns) : 3 * square;
    double outside = factored ? JacobianProof.nativeBytes(rows, columns) : square;
    if (!blas.isNative()) {
      heap += 2 * square + (factored ? outside : 0);
      outside = 0;
    }
    require("of heap", heap, FreeMemory.heap((long) heap), file, " (--spark spark.driver.memory)");
    require("outside the heap", outside, FreeMemory.outsideHeap((long) heap), file, "");
  }

  private static void require(String where, double needed, long free, NpyFile file, String how) {
    if (needed > free) {
      throw new UnfitMatrixException(
          String.format(
              Locale.ROOT,
              "%s: a kernel of %,d rows needs %,.0f MiB %s%s, %,d MiB are free",
              file.path(),
              file.rows(),
              Math.ceil(needed / (1 << 20)),
              where,
              how,
              Math.max(0, free) >> 20));
    }
  }

  private static Certification kernel(NpyFile file, EntryError entries, Blas blas) {
    DMatrixRMaj matrix = KernelInput.read(file, entries);
    Norms norms = Norms.of(matrix);
    requireScale(norms.absolute(), LARGEST, file);
    int n = matrix.numRows;
    double moved = entries.ofKernel(norms, file.isSingle());
    double[] eigenvalues = SymmetricEigenvalues.of(matrix, blas);
    double solver = n * Math.ulp(1.0) * norms.absolute();
    KernelProof proof = KernelProof.of(matrix, norms, eigenvalues, solver, moved, blas);
    return certification(
        file, "kernel", entries, moved, solver + moved, eigenvalues, proof.bounds(), proof.proof());
  }

  private static Certification jacobian(NpyFile file, EntryError entries, Blas blas) {
    JacobianProof proof = JacobianProof.of(file, entries, blas);
    requireScale(proof.frobenius(), Math.sqrt(LARGEST), file);
    double wrong = file.rows() * Math.ulp(1.0) * proof.frobenius() + proof.moved();
    double[] eigenvalues = proof.singularValues().clone();
    for (int i = 0; i < eigenvalues.length; i++) {
      eigenvalues[i] *= eigenvalues[i];
    }
    return certification(
        file,
        "jacobian",
        entries,
        proof.moved(),
        wrong * wrong,
        eigenvalues,
        proof.bounds(),
        proof.proof());
  }

  private static void requireScale(double norm, double largest, NpyFile file) {
    if (!(norm <= largest)) {
      throw new UnfitMatrixException(
          String.format(
              Locale.ROOT,
              "%s has norm %.1e, at most %.0e is possible: scale it, its eigenvalues scale along",
              file.path(),
              norm,
              largest));
    }
  }

  private static Certification certification(
      NpyFile file,
      String kind,
      EntryError entries,
      double moved,
      double floor,
      double[] eigenvalues,
      Bounds bounds,
      Proof proof) {
    Verdict verdict = Verdict.of(bounds);
    int rank = 0;
    for (double eigenvalue : eigenvalues) {
      rank += eigenvalue > floor ? 1 : 0;
    }
    return new Certification(
        kind,
        (int) file.rows(),
        file.columns(),
        file.dtype(),
        file.layout(),
        entries,
        moved,
        floor,
        bounds.lower(),
        bounds.upper(),
        eigenvalues[eigenvalues.length - 1],
        verdict == Verdict.POSITIVE_DEFINITE ? eigenvalues.length : rank,
        bounds.negatives(),
        verdict,
        Reason.of(file, kind, entries, moved, bounds),
        proof);
  }
}
