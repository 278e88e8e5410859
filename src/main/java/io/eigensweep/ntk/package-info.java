/** The empirical neural tangent kernel: its terms, its spectrum, floors and bounds. */
@NullMarked
package io.eigensweep.ntk;

import org.jspecify.annotations.NullMarked;
