package io.eigensweep.cluster;

import java.io.Serializable;

/**
 * Where a task runs.
 *
 * @param host the machine's name
 * @param executor Spark's name for the executor
 */
public record Place(String host, String executor) implements Serializable {}
