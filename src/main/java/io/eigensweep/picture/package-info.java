/**
 * Pictures without their files: decoded from bytes, drawn, resampled, and written as PNG or JPEG.
 */
@NullMarked
package io.eigensweep.picture;

import org.jspecify.annotations.NullMarked;
