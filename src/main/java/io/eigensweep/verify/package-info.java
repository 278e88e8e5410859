/**
 * Whether a row of a trial and what is computed here are the same claim: pure comparisons of rows.
 */
@NullMarked
package io.eigensweep.verify;

import org.jspecify.annotations.NullMarked;
