/** How a component describes its own hyperparameters: defaults, units, meanings, canonical JSON. */
@NullMarked
package io.eigensweep.settings;

import org.jspecify.annotations.NullMarked;
