/** Comparison tables: pure statistics over result rows. */
@NullMarked
package io.eigensweep.aggregate;

import org.jspecify.annotations.NullMarked;
