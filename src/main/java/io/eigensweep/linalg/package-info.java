/** BLAS and LAPACK access, matrix conventions, named random streams. */
@NullMarked
package io.eigensweep.linalg;

import org.jspecify.annotations.NullMarked;
