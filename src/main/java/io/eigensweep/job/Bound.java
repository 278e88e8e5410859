package io.eigensweep.job;

import java.util.Map;

/**
 * A block that became a record.
 *
 * @param value the record
 * @param at where the block starts
 * @param keys where the value of each written key starts
 */
record Bound<T>(T value, Position at, Map<String, Position> keys) {

  /** The position of {@code key}'s value, of the block where the key is not written. */
  Position at(String key) {
    return keys.getOrDefault(key, at);
  }
}
