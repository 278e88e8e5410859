/**
 * The result tables: one definition of each column, Parquet row writing, atomic commit, listing.
 */
@NullMarked
package io.eigensweep.result;

import org.jspecify.annotations.NullMarked;
