/** Image quality measures as pure functions. */
@NullMarked
package io.eigensweep.metric;

import org.jspecify.annotations.NullMarked;
