/** The driver of a sweep: which trial is tried where and when, and what became of it. */
@NullMarked
package io.eigensweep.sweep;

import org.jspecify.annotations.NullMarked;
