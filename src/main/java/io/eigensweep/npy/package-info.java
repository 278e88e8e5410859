/** NumPy's file format: two-dimensional arrays read in blocks, archives of arrays written. */
@NullMarked
package io.eigensweep.npy;

import org.jspecify.annotations.NullMarked;
