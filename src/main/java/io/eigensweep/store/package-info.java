/** A sweep's folder: layout, atomic commit, listing, attempts, artifacts, saves, the frozen job. */
@NullMarked
package io.eigensweep.store;

import org.jspecify.annotations.NullMarked;
