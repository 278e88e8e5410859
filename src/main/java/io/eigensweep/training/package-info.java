/** Minibatch training in float32: shuffling, optimizer step, learning curve, divergence. */
@NullMarked
package io.eigensweep.training;

import org.jspecify.annotations.NullMarked;
