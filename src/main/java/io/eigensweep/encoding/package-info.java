/** Input encodings of coordinates: value, gradient and interpolation. */
@NullMarked
package io.eigensweep.encoding;

import org.jspecify.annotations.NullMarked;
