/**
 * One trial: its resolved description, its identity, the main path that runs it, and its result. No
 * Spark.
 */
@NullMarked
package io.eigensweep.trial;

import org.jspecify.annotations.NullMarked;
