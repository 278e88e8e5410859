/** What a trial measures. */
@NullMarked
package io.eigensweep.measure;

import org.jspecify.annotations.NullMarked;
