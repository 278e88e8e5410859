/** Claims as data, and verdicts about them that are computed from rows. */
@NullMarked
package io.eigensweep.claims;

import org.jspecify.annotations.NullMarked;
