/**
 * What {@code submit-scripts/benchmark.sh} runs: speeds as ratios measured in one process, one
 * {@link io.eigensweep.benchmark.Suite} for each option of the script.
 */
@NullMarked
package io.eigensweep.benchmark;

import org.jspecify.annotations.NullMarked;
