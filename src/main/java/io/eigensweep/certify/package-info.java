/**
 * Proofs about kernels that others have computed: bounds of the smallest eigenvalue from both
 * sides, with all that a reader needs to check them.
 */
@NullMarked
package io.eigensweep.certify;

import org.jspecify.annotations.NullMarked;
