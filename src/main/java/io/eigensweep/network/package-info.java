/**
 * The multilayer perceptron: parameterisations, activations, parameters, forward and backward
 * passes.
 */
@NullMarked
package io.eigensweep.network;

import org.jspecify.annotations.NullMarked;
