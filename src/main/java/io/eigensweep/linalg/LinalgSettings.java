package io.eigensweep.linalg;

import io.eigensweep.settings.Key;
import java.io.Serializable;

/**
 * The matrix library of a trial. It does not enter the trial id; the row's {@code blas} says what
 * was used.
 *
 * @param blas the library asked for
 * @param kernels OpenBLAS's kernels, one value for all trials of a process
 */
public record LinalgSettings(
    @Key(
            meaning = "matrix library asked for: auto, native or java",
            fallback = "auto",
            identity = false,
            column = "blas_choice")
        BlasChoice blas,
    @Key(
            meaning =
                "OpenBLAS's kernels and block sizes; one that every processor of a cluster can run"
                    + " gives the same bits on all of them; own takes what suits each best",
            fallback = "own",
            identity = false,
            column = "blas_kernels")
        Kernels kernels)
    implements Serializable {

  /** The library {@code blas} with the kernels that suit the processor. */
  public static LinalgSettings of(BlasChoice blas) {
    return new LinalgSettings(blas, Kernels.OWN);
  }
}
