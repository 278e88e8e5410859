package io.eigensweep.linalg;

import io.eigensweep.spec.Key;
import java.io.Serializable;

/**
 * The matrix library of a trial. It does not enter the trial id; the row's {@code blas} says what
 * was used.
 *
 * @param blas the library asked for
 */
public record LinalgSettings(
    @Key(
            meaning = "matrix library asked for: auto, native or java",
            fallback = "auto",
            identity = false,
            column = "blas_choice")
        BlasChoice blas)
    implements Serializable {}
