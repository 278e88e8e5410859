/**
 * The job file: strict YAML with positions, axes, blocks, exclusions, overrides, and its canonical
 * form.
 */
@NullMarked
package io.eigensweep.job;

import org.jspecify.annotations.NullMarked;
