package io.eigensweep.spark;

import java.io.Serializable;

/**
 * Where a task runs.
 *
 * @param host the machine's name
 * @param executor Spark's name for the executor
 */
record Place(String host, String executor) implements Serializable {}
