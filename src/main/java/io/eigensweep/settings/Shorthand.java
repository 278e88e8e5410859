package io.eigensweep.settings;

import org.jspecify.annotations.Nullable;

/**
 * A record that a job writes as a single scalar, which its static {@code parse(String)} reads: a
 * value such as a count always, a block of hyperparameters where it has one. The canonical JSON has
 * the scalar where there is one, so that a key which becomes a block keeps the ids of the trials
 * that don't use the new fields.
 */
public interface Shorthand {

  /** The scalar that stands for this record, null when there is none. */
  @Nullable String shorthand();
}
