/** The tables: their columns, and a trial's row as a Parquet file. */
@NullMarked
package io.eigensweep.result;

import org.jspecify.annotations.NullMarked;
