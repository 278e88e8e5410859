/** The Spark application, and what its executors have: store, signals, patience with storage. */
@NullMarked
package io.eigensweep.cluster;

import org.jspecify.annotations.NullMarked;
