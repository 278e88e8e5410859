package io.eigensweep.certify;

import io.eigensweep.npy.NpyFile;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** Reads a kernel, and requires that it can be one. */
final class KernelInput {
  /** Relative asymmetry that a calculation in float32 or TF32 may explain. */
  private static final double ROUGH = 1e-2;

  private KernelInput() {}

  /**
   * The matrix in {@code file}, made symmetric by its lower half.
   *
   * @throws UnfitMatrixException when its halves differ by more than {@code entries} allow
   */
  static DMatrixRMaj read(NpyFile file, EntryError entries) {
    int n = (int) file.rows();
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    file.read(0, 0, matrix);
    boolean wrong = false;
    int worstRow = 0;
    int worstColumn = 0;
    double worst = 0;
    double relative = 0;
    for (int i = 0; i < n; i++) {
      double ii = matrix.data[i * n + i];
      for (int j = 0; j < i; j++) {
        double lower = matrix.data[i * n + j];
        double upper = matrix.data[j * n + i];
        double difference = Math.abs(lower - upper);
        if (difference == 0) {
          continue;
        }
        double jj = matrix.data[j * n + j];
        boolean single = file.isSingle();
        wrong |= difference > entries.of(lower, ii, jj, single) + entries.of(upper, ii, jj, single);
        if (difference > worst) {
          worst = difference;
          worstRow = i;
          worstColumn = j;
        }
        relative =
            Math.max(
                relative, difference / (2 * Math.sqrt(Math.abs(ii)) * Math.sqrt(Math.abs(jj))));
        matrix.data[j * n + i] = lower;
      }
    }
    if (wrong) {
      throw new UnfitMatrixException(
          String.format(
                  Locale.ROOT,
                  "%s is not symmetric: entries (%d, %d) and (%d, %d) differ by %.2e, more than"
                      + " --entry-error %s allows: ",
                  file.path(),
                  worstRow,
                  worstColumn,
                  worstColumn,
                  worstRow,
                  worst,
                  entries)
              + advice(relative));
    }
    return matrix;
  }

  private static String advice(double relative) {
    String jacobian = "give --jacobian if it is a square Jacobian";
    if (relative > ROUGH) {
      return jacobian;
    }
    return String.format(
        Locale.ROOT,
        "its entries are known no better than --entry-error relative:%.1e; %s",
        1.05 * relative,
        jacobian);
  }
}
