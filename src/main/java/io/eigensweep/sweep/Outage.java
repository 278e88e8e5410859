package io.eigensweep.sweep;

/**
 * Storage that is away, or full.
 *
 * @param reason in one line
 * @param since nanoseconds, by {@link System#nanoTime}
 */
record Outage(String reason, long since) {}
