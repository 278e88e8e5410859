/**
 * Grid expansion into trials, their cost and memory, and the order in which they run: pure and
 * printable.
 */
@NullMarked
package io.eigensweep.plan;

import org.jspecify.annotations.NullMarked;
