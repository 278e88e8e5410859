/** What a trial measures: every quantity once, with its meaning, its source and its summary. */
@NullMarked
package io.eigensweep.measure;

import org.jspecify.annotations.NullMarked;
